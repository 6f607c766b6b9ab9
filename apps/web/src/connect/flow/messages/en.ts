export const messages = {
  dialogLabels: { dialog: 'Connect an account', close: 'Close' },

  flow: {
    preparingAloud: 'Preparing the connection.',
    openAloud: 'Finish connecting in the dialog.',
    confirmingAloud: 'Checking the new account.',
    connected: ({ app }: { app: string }) => `${app} connected.`,
    connectedAs: ({ app, account }: { app: string; account: string }) =>
      `${app} connected as ${account}.`,
    reconnected: ({ app }: { app: string }) => `${app} reconnected.`,
    reconnectedAs: ({ app, account }: { app: string; account: string }) =>
      `${app} reconnected as ${account}.`,
    cancelled: ({ app }: { app: string }) => `${app} wasn’t connected.`,
    reconnectCancelled: ({ app }: { app: string }) => `${app} wasn’t reconnected.`,
    failed: ({ app, reason }: { app: string; reason: string }) =>
      `${app} wasn’t connected. ${reason}`,
    reconnectFailed: ({ app, reason }: { app: string; reason: string }) =>
      `${app} wasn’t reconnected. ${reason}`,
    badResponse: 'We couldn’t tell which account was connected. Reload to check.',
    loadFailed:
      'The connection dialog didn’t load. Check your connection and any content blocker, then try again.',
    frameBlocked: 'The sign-in page can’t be shown here. Continue in a new tab.',
    expired: 'This connection timed out. Try again.',
    popupBlocked: 'Your browser blocked the new tab. Allow pop-ups for this site, then try again.',
    openTab: 'Continue in a new tab',
    cutOff: ({ app }: { app: string }) =>
      `Connecting ${app} was interrupted. If the sign-in window is still open, finish there.`,
    timeout: 'That took too long. Try again.',
  },
  errors: {
    upstreamAway:
      'We can’t connect new accounts right now. Your existing connections aren’t affected. Try again in a minute.',
  },
}
