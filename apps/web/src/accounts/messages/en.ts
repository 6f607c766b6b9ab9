export const messages = {
  purpose: 'Apps you’ve connected.',
  yourAccounts: 'Your accounts',
  loadingAccounts: 'Loading your accounts',
  moreAccounts: 'Show more accounts',
  outdated: ({ reason }: { reason: string }) => `Couldn’t refresh this list. ${reason}`,
  staleSince: ({ age }: { age: string }) =>
    `We can’t refresh your accounts right now. Last updated ${age}.`,

  noAccounts: 'No accounts yet',
  connectFirst: 'Connect an app to get started.',
  popularApps: 'Popular apps',

  accountOf: ({ app }: { app: string }) => `${app} account`,
  connectedAge: ({ age }: { age: string }) => `Connected ${age}`,
  refreshedAge: ({ age }: { age: string }) => `Last synced ${age}`,
  connectedAt: ({ instant }: { instant: string }) => `Connected ${instant}`,
  /** After a name, as in “Disconnect ada@example.com, connected Jan 1, 2026”. */
  connectedAtInline: ({ instant }: { instant: string }) => `connected ${instant}`,

  healthy: 'Healthy',
  needsAttention: 'Needs attention',
  reconnectNeeded: 'Reconnect needed',

  add: 'Add account',
  addAnother: ({ app }: { app: string }) => `Add account: ${app}`,
  reconnect: 'Reconnect',
  reconnectAccount: ({ account, app }: { account: string; app: string }) =>
    `Reconnect ${account} to ${app}`,
  reconnectNameless: ({ account }: { account: string }) => `Reconnect ${account}`,

  disconnection: {
    act: 'Disconnect',
    named: ({ account, app }: { account: string; app: string }) =>
      `Disconnect ${account} from ${app}`,
    nameless: ({ account }: { account: string }) => `Disconnect ${account}`,
  },
}
