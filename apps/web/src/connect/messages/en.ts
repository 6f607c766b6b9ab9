export const messages = {
  connect: 'Connect',
  connectApp: ({ app }: { app: string }) => `Connect ${app}`,

  flow: {
    preparing: 'Preparing…',
    open: 'Finish in the dialog…',
    confirming: 'Checking…',
  },
}
