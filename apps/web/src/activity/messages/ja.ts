import type { ActivityMessages } from '../activity-messages.ts'

export const messages: ActivityMessages = {
  purpose: '接続済みアカウントの最近のアクティビティです。',
  loading: 'アクティビティを読み込み中',
  nothing: 'アクティビティはまだありません',
  nothingWhy: '接続や切断がここに表示されます。',
  earlier: '以前のアクティビティを表示',
  steps: '経過',
  outdated: ({ reason }) => `この一覧を更新できませんでした。${reason}`,
  code: ({ code }) => `サポートコード ${code}`,
  more: ({ sentence, count }) => `${sentence}（ほか ${count} 件）`,
  someApp: 'アプリ',

  events: {
    FLOW_CREATED: ({ app }) => `${app} の接続を準備しました。`,
    FLOW_OPENED: ({ app }) => `${app} の接続を開始しました。`,
    FLOW_REFUSED: ({ app }) => `${app} の接続を開始できませんでした。`,
    FLOW_SUCCEEDED: ({ app }) => `${app} を接続しました。`,
    FLOW_FAILED: ({ app }) => `${app} を接続できませんでした。`,
    FLOW_CANCELLED: ({ app }) => `${app} の接続をキャンセルしました。`,
    FLOW_EXPIRED: ({ app }) => `${app} の接続は時間切れになりました。`,
    FLOW_REVOKED: ({ app }) =>
      `別のブラウザーまたは別の人が ${app} の接続を完了しようとしたため、接続を停止しました。`,
    CONFIRMATION_REFUSED: ({ app }) => `${app} の接続を確認できませんでした。`,
    ACCOUNT_DISCONNECTED: ({ app }) => `${app} のアカウントが切断されました。`,
    DISCONNECTION_ORDERED: '管理者がアカウントの一部を切断しました。',
    DISCONNECTION_REFUSED: ({ app }) => `${app} のアカウントを切断できませんでした。`,
    ACCESS_TOKEN_CREATED: 'ワークスペースのアクセストークンを作成しました。',
    ACCESS_TOKEN_REFUSED: 'ワークスペースへのアクセスが拒否されました。',
  },

  held: {
    not_confirmed: ({ app }) => `新しい ${app} のアカウントの確認が必要でした。`,
    not_finished: ({ app }) => `${app} のアカウントは、接続が完了していないため使用できません。`,
    finished_elsewhere: ({ app }) =>
      `別のブラウザーまたは別の人が接続を完了したため、${app} のアカウントをブロックしました。`,
    unknown_age: ({ app }) => `${app} のアカウントは、いつ接続されたか不明なため使用できません。`,
  },
  released: {
    confirmed: ({ app }) => `新しい ${app} のアカウントが確認されました。`,
    kept: ({ app }) => `${app} のアカウントを保持しました。`,
    released: ({ app }) => `管理者が ${app} のアカウントのブロックを解除しました。`,
  },
  removed: {
    not_confirmed: ({ app }) => `確認されなかったため、新しい ${app} のアカウントを削除しました。`,
    finished_elsewhere: ({ app }) =>
      `別のブラウザーまたは別の人が接続を完了したため、${app} のアカウントを削除しました。`,
    disconnected: ({ app }) => `未確認の ${app} のアカウントを削除しました。`,
  },

  health: {
    dead: ({ app }) => `${app} のアカウントは再接続が必要です。`,
    unhealthy: ({ app }) => `${app} のアカウントは対応が必要です。`,
    healthy: ({ app }) => `${app} のアカウントは再び正常に動作しています。`,
  },
  accountDisconnected: 'アカウントの 1 つが切断されました。',
}
