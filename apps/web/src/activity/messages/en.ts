export const messages = {
  purpose: 'What happened to your connected accounts, newest first.',
  loading: 'Loading your activity',
  nothing: 'Nothing has happened yet',
  nothingWhy: 'When you connect an account, it is noted here.',
  earlier: 'Show earlier activity',
  steps: 'Steps',
  outdated: ({ reason }: { reason: string }) =>
    `This list could not be brought up to date. ${reason}`,
  code: ({ code }: { code: string }) => `Support code ${code}`,
  someApp: 'an app',

  events: {
    FLOW_CREATED: ({ app }: { app: string }) => `Permission to connect ${app} was prepared.`,
    FLOW_OPENED: ({ app }: { app: string }) => `You began to connect ${app}.`,
    FLOW_REFUSED: ({ app }: { app: string }) => `Connecting ${app} could not be begun.`,
    FLOW_SUCCEEDED: ({ app }: { app: string }) => `You connected ${app}.`,
    FLOW_FAILED: ({ app }: { app: string }) => `Connecting ${app} failed.`,
    FLOW_CANCELLED: ({ app }: { app: string }) => `You called off connecting ${app}.`,
    FLOW_EXPIRED: ({ app }: { app: string }) => `Connecting ${app} was not finished in time.`,
    FLOW_REVOKED: ({ app }: { app: string }) =>
      `Another browser tried to finish connecting ${app}, so it was stopped.`,
    CONFIRMATION_REFUSED: ({ app }: { app: string }) =>
      `An attempt to confirm the connection to ${app} was refused.`,
    ACCOUNT_HELD: 'The new account waited to be confirmed.',
    ACCOUNT_RELEASED: 'The new account was confirmed.',
    ACCOUNT_REMOVED: 'A new account was removed, because nobody confirmed it.',
    ACCOUNT_DISCONNECTED: ({ app }: { app: string }) => `An account was disconnected from ${app}.`,
    DISCONNECTION_ORDERED: 'Somebody who runs this product ordered accounts to be disconnected.',
    DISCONNECTION_REFUSED: ({ app }: { app: string }) =>
      `An account could not be disconnected from ${app}.`,
    ACCOUNT_HEALTH_CHANGED: ({ app }: { app: string }) =>
      `The health of an account of ${app} changed.`,
    CONNECT_TOKEN_CREATED: 'A page got permission to connect accounts for you.',
    ACCESS_TOKEN_CREATED: 'You were given an access token for the whole workspace.',
    ACCESS_TOKEN_REFUSED: 'An access token for the whole workspace was refused.',
  },
}
