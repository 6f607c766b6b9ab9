import type { FlowMessages } from '../flow-messages.ts'

export const messages: FlowMessages = {
  dialogLabels: { dialog: 'アカウントを接続', close: '閉じる' },

  flow: {
    preparingAloud: '接続を準備しています。',
    openAloud: 'ダイアログで接続を完了してください。',
    confirmingAloud: '新しいアカウントを確認しています。',
    connected: ({ app }) => `${app} を接続しました。`,
    connectedAs: ({ app, account }) => `${app} を ${account} として接続しました。`,
    reconnected: ({ app }) => `${app} を再接続しました。`,
    reconnectedAs: ({ app, account }) => `${app} を ${account} として再接続しました。`,
    cancelled: ({ app }) => `${app} は接続されませんでした。`,
    reconnectCancelled: ({ app }) => `${app} は再接続されませんでした。`,
    failed: ({ app, reason }) => `${app} は接続されませんでした。${reason}`,
    reconnectFailed: ({ app, reason }) => `${app} は再接続されませんでした。${reason}`,
    badResponse:
      'どのアカウントが接続されたか確認できませんでした。ページを再読み込みして確認してください。',
    loadFailed:
      '接続ダイアログを読み込めませんでした。接続とコンテンツブロッカーを確認して、もう一度お試しください。',
    frameBlocked: 'サインインページをここに表示できません。新しいタブで続けてください。',
    expired: 'この接続は時間切れになりました。もう一度お試しください。',
    popupBlocked:
      'ブラウザーが新しいタブをブロックしました。このサイトのポップアップを許可して、もう一度お試しください。',
    openTab: '新しいタブで続ける',
    cutOff: ({ app }) =>
      `${app} の接続が中断されました。サインインのウィンドウがまだ開いている場合は、そこで完了してください。`,
    timeout: '時間がかかりすぎました。もう一度お試しください。',
  },
  errors: {
    upstreamAway:
      '現在、新しいアカウントを接続できません。接続済みのアカウントに影響はありません。1 分ほど待ってから、もう一度お試しください。',
  },
}
