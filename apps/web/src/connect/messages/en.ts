export const messages = {
  connect: 'Connect',
  connectApp: ({ app }: { app: string }) => `Connect ${app}`,
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
