export const messages = {
  purpose: 'Recent activity on your connected accounts.',
  loading: 'Loading your activity',
  nothing: 'No activity yet',
  nothingWhy: 'Connections and disconnections will show up here.',
  earlier: 'Show earlier activity',
  steps: 'Steps',
  outdated: ({ reason }: { reason: string }) => `Couldn’t refresh this list. ${reason}`,
  code: ({ code }: { code: string }) => `Support code ${code}`,
  more: ({ sentence, count }: { sentence: string; count: number }) => `${sentence} (${count} more)`,
  someApp: 'an app',

  events: {
    FLOW_CREATED: ({ app }: { app: string }) => `We prepared the ${app} connection.`,
    FLOW_OPENED: ({ app }: { app: string }) => `You started connecting ${app}.`,
    FLOW_REFUSED: ({ app }: { app: string }) => `Couldn’t start connecting ${app}.`,
    FLOW_SUCCEEDED: ({ app }: { app: string }) => `You connected ${app}.`,
    FLOW_FAILED: ({ app }: { app: string }) => `Couldn’t connect ${app}.`,
    FLOW_CANCELLED: ({ app }: { app: string }) => `You canceled the ${app} connection.`,
    FLOW_EXPIRED: ({ app }: { app: string }) => `Connecting ${app} timed out.`,
    FLOW_REVOKED: ({ app }: { app: string }) =>
      `We stopped connecting ${app} because another browser or person tried to finish it.`,
    CONFIRMATION_REFUSED: ({ app }: { app: string }) => `Couldn’t confirm the ${app} connection.`,
    ACCOUNT_DISCONNECTED: ({ app }: { app: string }) => `Your ${app} account was disconnected.`,
    DISCONNECTION_ORDERED: 'An administrator disconnected some of your accounts.',
    DISCONNECTION_REFUSED: ({ app }: { app: string }) => `Couldn’t disconnect your ${app} account.`,
    ACCESS_TOKEN_CREATED: 'You created a workspace access token.',
    ACCESS_TOKEN_REFUSED: 'Your request for workspace access was denied.',
  },

  /** By the reason of the hold. */
  held: {
    not_confirmed: ({ app }: { app: string }) => `Your new ${app} account needed confirmation.`,
    not_finished: ({ app }: { app: string }) =>
      `Your ${app} account can’t be used because you didn’t finish connecting it.`,
    finished_elsewhere: ({ app }: { app: string }) =>
      `We blocked a ${app} account because another browser or person finished connecting it.`,
    unknown_age: ({ app }: { app: string }) =>
      `Your ${app} account can’t be used because we can’t tell when it was connected.`,
  },
  released: {
    confirmed: ({ app }: { app: string }) => `Your new ${app} account was confirmed.`,
    kept: ({ app }: { app: string }) => `You kept your ${app} account.`,
    released: ({ app }: { app: string }) => `An administrator unblocked your ${app} account.`,
  },
  removed: {
    not_confirmed: ({ app }: { app: string }) =>
      `We removed a new ${app} account because it wasn’t confirmed.`,
    finished_elsewhere: ({ app }: { app: string }) =>
      `We removed a ${app} account because another browser or person finished connecting it.`,
    disconnected: ({ app }: { app: string }) => `Your unconfirmed ${app} account was removed.`,
  },

  health: {
    dead: ({ app }: { app: string }) => `Your ${app} account needs to be reconnected.`,
    unhealthy: ({ app }: { app: string }) => `Your ${app} account needs attention.`,
    healthy: ({ app }: { app: string }) => `Your ${app} account is working again.`,
  },
  accountDisconnected: 'One of your accounts was disconnected.',
}
