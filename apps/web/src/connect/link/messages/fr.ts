import type { LinkMessages } from '../link-messages.ts'

export const messages: LinkMessages = {
  title: ({ app }) => `Connecter ${app} ?`,
  why: ({ app }) =>
    `Un lien a ouvert cette page pour connecter votre compte ${app}. Continuez seulement si vous le souhaitez.`,
}
