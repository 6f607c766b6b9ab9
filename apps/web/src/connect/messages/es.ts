import type { ConnectMessages } from '../connect-messages.ts'

export const messages: ConnectMessages = {
  connect: 'Conectar',
  connectApp: ({ app }) => `Conectar ${app}`,

  flow: {
    preparing: 'Preparando…',
    open: 'Termine en el cuadro de diálogo…',
    confirming: 'Comprobando…',
  },
}
