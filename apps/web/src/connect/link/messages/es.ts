import type { LinkMessages } from '../link-messages.ts'

export const messages: LinkMessages = {
  title: ({ app }) => `¿Conectar ${app}?`,
  why: ({ app }) =>
    `Un enlace ha abierto esta página para conectar su cuenta de ${app}. Continúe solo si lo desea.`,
}
