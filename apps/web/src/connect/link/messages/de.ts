import type { LinkMessages } from '../link-messages.ts'

export const messages: LinkMessages = {
  title: ({ app }) => `${app} verbinden?`,
  why: ({ app }) =>
    `Ein Link hat diese Seite geöffnet, um Ihr Konto bei ${app} zu verbinden. Fahren Sie nur fort, wenn Sie das möchten.`,
}
