import type { ConnectMessages } from '../connect-messages.ts'

export const messages: ConnectMessages = {
  connect: '接続',
  connectApp: ({ app }) => `${app} を接続`,

  flow: {
    preparing: '準備中…',
    open: 'ダイアログで続けてください…',
    confirming: '確認中…',
  },
}
