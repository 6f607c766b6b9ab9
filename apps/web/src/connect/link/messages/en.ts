export const messages = {
  title: ({ app }: { app: string }) => `Connect ${app}?`,
  why: ({ app }: { app: string }) =>
    `A link opened this page to connect your ${app} account. Continue only if you want that.`,
}
