import type { ConnectMessages } from '../connect-messages.ts'

export const messages: ConnectMessages = {
  connect: '接続',
  connectApp: ({ app }) => `${app} を接続`,
  flow: {
    preparing: '準備中…',
    open: 'あなたの操作待ち…',
    confirming: '確認中…',
    preparingAloud: '接続を準備しています。',
    openAloud: '開いたウィンドウでの操作の完了を待っています。',
    confirmingAloud: '新しいアカウントを確認しています。',
    connected: ({ app }) => `${app} を接続しました。`,
    connectedAs: ({ app, account }) => `${app} を ${account} として接続しました。`,
    reconnected: ({ app }) => `${app} を再接続しました。`,
    reconnectedAs: ({ app, account }) => `${app} を ${account} として再接続しました。`,
    cancelled: ({ app }) => `${app} は接続されませんでした。何も変わっていません。`,
    reconnectCancelled: ({ app }) => `${app} は再接続されませんでした。何も変わっていません。`,
    failed: ({ app, reason }) => `${app} は接続されませんでした。${reason}`,
    reconnectFailed: ({ app, reason }) => `${app} は再接続されませんでした。${reason}`,
    badResponse:
      'Pipedream から接続されたアカウントの情報がありませんでした。ページを再読み込みして、追加されたか確認してください。',
    loadFailed:
      'Pipedream のページをここで開けませんでした。接続とコンテンツブロッカーを確認して、もう一度お試しください。',
    frameBlocked: 'サインインページをこのページ内に表示できません。新しいタブで続けてください。',
    expired: '長時間開いたままだったため、接続の期限が切れました。もう一度お試しください。',
    popupBlocked:
      'ブラウザーが新しいタブをブロックしました。このサイトのポップアップを許可して、もう一度お試しください。',
    openTab: '新しいタブで続ける',
    cutOff: ({ app }) =>
      `ページが再読み込みされたため、${app} の接続が中断されました。ウィンドウがまだ開いていれば、そこで完了できます。`,
    timeout: '時間がかかりすぎました。お時間のあるときにもう一度お試しください。',
  },
}
