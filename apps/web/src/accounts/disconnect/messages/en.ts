export const messages = {
  title: ({ account }: { account: string }) => `Disconnect ${account}?`,
  effect: ({ app }: { app: string }) =>
    `We’ll remove this ${app} account right away. Anything that uses it will stop working.`,
  effectOnOneOfMany: ({ app, which }: { app: string; which: string }) =>
    `We’ll remove this ${app} account (${which}) right away. Anything that uses it will stop working.`,
  keyStays: ({ app }: { app: string }) =>
    `The key stays valid at ${app} until you revoke it there.`,
  permissionStays: ({ app }: { app: string }) =>
    `To also revoke access at ${app}, go to your ${app} account settings.`,
  done: ({ account, app }: { account: string; app: string }) =>
    `Disconnected ${account} from ${app}.`,
  doneNameless: ({ account }: { account: string }) => `Disconnected ${account}.`,
  failed: ({ account, reason }: { account: string; reason: string }) =>
    `${account} wasn’t disconnected. ${reason}`,
  errors: {
    upstreamAway: 'We can’t disconnect accounts right now. Try again in a minute.',
  },
}
