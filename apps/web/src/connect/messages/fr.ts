import type { ConnectMessages } from '../connect-messages.ts'

export const messages: ConnectMessages = {
  connect: 'Connecter',
  connectApp: ({ app }) => `Connecter ${app}`,

  flow: {
    preparing: 'Préparation…',
    open: 'Terminez dans la boîte de dialogue…',
    confirming: 'Vérification…',
  },
}
