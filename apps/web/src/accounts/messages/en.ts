export const messages = {
  purpose: 'The accounts that this product may use for you.',
  yourAccounts: 'Your accounts',
  loadingAccounts: 'Loading your accounts',
  moreAccounts: 'Show more accounts',
  outdated: ({ reason }: { reason: string }) =>
    `This list could not be brought up to date. ${reason}`,

  staleSince: ({ age }: { age: string }) =>
    `Pipedream cannot be reached just now. This is how your accounts were ${age}.`,

  noAccounts: 'No accounts yet',
  chooseApp: 'Choose an app to connect your first one.',
  popularApps: 'Popular apps to connect',

  accountOf: ({ app }: { app: string }) => `${app} account`,
  connectedAge: ({ age }: { age: string }) => `connected ${age}`,
  refreshedAge: ({ age }: { age: string }) => `last refreshed ${age}`,
  connectedAt: ({ instant }: { instant: string }) => `connected ${instant}`,

  healthy: 'Healthy',
  needsAttention: 'Needs attention',
  reconnectNeeded: 'Reconnect needed',
  checking: 'Being checked',
  waiting: 'Waiting for confirmation',
  waitingWhy:
    'If you connected it in this browser, confirm it. Nobody can use it until then, and it is removed if nobody does.',
  confirm: 'Confirm',
  confirmAccount: ({ account, app }: { account: string; app: string }) =>
    `Confirm ${account} of ${app}`,
  confirmNameless: ({ account }: { account: string }) => `Confirm ${account}`,

  add: 'Add account',
  addAnother: ({ app }: { app: string }) => `Add account: ${app}`,
  reconnect: 'Reconnect',
  reconnectAccount: ({ account, app }: { account: string; app: string }) =>
    `Reconnect ${account} to ${app}`,
  reconnectNameless: ({ account }: { account: string }) => `Reconnect ${account}`,
  disconnect: 'Disconnect',
  disconnectAccount: ({ account, app }: { account: string; app: string }) =>
    `Disconnect ${account} from ${app}`,
  disconnectNameless: ({ account }: { account: string }) => `Disconnect ${account}`,

  question: {
    title: ({ account }: { account: string }) => `Disconnect ${account}?`,
    effect: ({ app }: { app: string }) =>
      `This ${app} account is removed from this product and from Pipedream at once. What you built on it stops working.`,
    effectOnTwin: ({ app, mark }: { app: string; mark: string }) =>
      `This ${app} account, ${mark}, is removed from this product and from Pipedream at once. What you built on it stops working.`,
    keyStays: ({ app }: { app: string }) =>
      `The key itself stays valid at ${app} until you revoke it there.`,
    permissionStays: ({ app }: { app: string }) =>
      `It does not revoke the permission that you gave at ${app} itself. To do that too, open the settings of your account there.`,
    done: ({ account, app }: { account: string; app: string }) =>
      `Disconnected ${account} from ${app}.`,
    doneNameless: ({ account }: { account: string }) => `Disconnected ${account}.`,
    failed: ({ account, reason }: { account: string; reason: string }) =>
      `${account} was not disconnected. ${reason}`,
  },
}
