import type { ActivityMessages } from '../activity-messages.ts'

export const messages: ActivityMessages = {
  purpose: '連携アカウントに関する出来事を、新しい順に表示します。',
  loading: 'アクティビティを読み込み中',
  nothing: 'まだ何も起きていません',
  nothingWhy: 'アカウントを連携すると、ここに記録されます。',
  earlier: '以前のアクティビティを表示',
  steps: '経過',
  outdated: ({ reason }) => `この一覧を更新できませんでした。${reason}`,
  code: ({ code }) => `サポートコード ${code}`,
  someApp: 'アプリ',

  events: {
    FLOW_CREATED: ({ app }) => `${app} を連携する許可を準備しました。`,
    FLOW_OPENED: ({ app }) => `${app} の連携を開始しました。`,
    FLOW_REFUSED: ({ app }) => `${app} の連携を開始できませんでした。`,
    FLOW_SUCCEEDED: ({ app }) => `${app} を連携しました。`,
    FLOW_FAILED: ({ app }) => `${app} の連携に失敗しました。`,
    FLOW_CANCELLED: ({ app }) => `${app} の連携を中止しました。`,
    FLOW_EXPIRED: ({ app }) => `${app} の連携は時間内に完了しませんでした。`,
    FLOW_REVOKED: ({ app }) =>
      `別のブラウザーが ${app} の連携を完了しようとしたため、停止しました。`,
    CONFIRMATION_REFUSED: ({ app }) => `${app} の連携を確認する操作が拒否されました。`,
    ACCOUNT_HELD: '新しいアカウントは確認待ちでした。',
    ACCOUNT_RELEASED: '新しいアカウントが確認されました。',
    ACCOUNT_REMOVED: '確認されなかったため、新しいアカウントを削除しました。',
    ACCOUNT_DISCONNECTED: ({ app }) => `${app} のアカウントの連携を解除しました。`,
    DISCONNECTION_ORDERED: 'この製品の運用者がアカウントの連携解除を指示しました。',
    DISCONNECTION_REFUSED: ({ app }) => `${app} のアカウントの連携を解除できませんでした。`,
    ACCOUNT_HEALTH_CHANGED: ({ app }) => `${app} のアカウントの状態が変わりました。`,
    CONNECT_TOKEN_CREATED: 'ページがあなたのアカウントを連携する許可を得ました。',
    ACCESS_TOKEN_CREATED: 'ワークスペース全体のアクセストークンが発行されました。',
    ACCESS_TOKEN_REFUSED: 'ワークスペース全体のアクセストークンの発行が拒否されました。',
  },
}
