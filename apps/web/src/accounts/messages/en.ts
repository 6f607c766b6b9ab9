import { countedIn } from '../../i18n/counted.ts'

const counted = countedIn('en')

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

  connect: 'Connect',
  connectApp: ({ app }: { app: string }) => `Connect ${app}`,
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

  catalogue: {
    title: 'Connect an app',
    search: 'Search apps',
    category: 'Category',
    everyCategory: 'All categories',
    apps: 'Apps',
    loading: 'Loading apps',
    more: 'Show more apps',
    app: 'App',
    found: ({ count }: { count: number }) => counted(count, { one: '# app', other: '# apps' }),
    foundMore: ({ count }: { count: number }) =>
      counted(count, { one: 'more than # app', other: 'more than # apps' }),
    connected: ({ count }: { count: number }) => counted(count, { other: '# connected' }),
    nothing: ({ search }: { search: string }) => `No app matches “${search}”`,
    nothingWhy: 'Check the spelling, or search for a part of the name.',
  },

  flow: {
    preparing: 'Preparing…',
    open: 'Waiting for you…',
    confirming: 'Checking…',
    preparingAloud: 'Preparing the connection.',
    openAloud: 'Waiting for you to finish in the window that opened.',
    confirmingAloud: 'Checking the new account.',
    connected: ({ app }: { app: string }) => `${app} connected.`,
    connectedAs: ({ app, account }: { app: string; account: string }) =>
      `${app} connected as ${account}.`,
    reconnected: ({ app }: { app: string }) => `${app} reconnected.`,
    reconnectedAs: ({ app, account }: { app: string; account: string }) =>
      `${app} reconnected as ${account}.`,
    cancelled: ({ app }: { app: string }) => `${app} was not connected. Nothing has changed.`,
    reconnectCancelled: ({ app }: { app: string }) =>
      `${app} was not reconnected. Nothing has changed.`,
    failed: ({ app, reason }: { app: string; reason: string }) =>
      `${app} was not connected. ${reason}`,
    reconnectFailed: ({ app, reason }: { app: string; reason: string }) =>
      `${app} was not reconnected. ${reason}`,
    badResponse:
      'Pipedream did not say which account was connected. Reload this page to see whether it is there.',
    loadFailed:
      'Pipedream’s page could not be opened here. Check your connection and any content blocker, then try again.',
    frameBlocked: 'Its sign-in page can’t be shown inside this one. Continue in a new tab.',
    expired: 'The connection was open for too long and has expired. Try again.',
    popupBlocked: 'The browser blocked the new tab. Allow pop-ups for this site, then try again.',
    openTab: 'Continue in a new tab',
    cutOff: ({ app }: { app: string }) =>
      `Connecting ${app} was cut off when this page was loaded anew. If its window is still open, you can finish there.`,
    timeout: 'It took too long. Try again when you have a moment.',
  },
}
