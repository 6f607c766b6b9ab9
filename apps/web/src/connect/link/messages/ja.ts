import type { LinkMessages } from '../link-messages.ts'

export const messages: LinkMessages = {
  title: ({ app }) => `${app} を接続しますか？`,
  why: ({ app }) =>
    `リンクによってこのページが開かれ、${app} のアカウントの接続が求められました。希望する場合だけ続けてください。`,
}
