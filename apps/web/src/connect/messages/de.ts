import type { ConnectMessages } from '../connect-messages.ts'

export const messages: ConnectMessages = {
  connect: 'Verbinden',
  connectApp: ({ app }) => `${app} verbinden`,

  flow: {
    preparing: 'Wird vorbereitet …',
    open: 'Im Dialog fortfahren …',
    confirming: 'Wird geprüft …',
  },
}
