import type { DisconnectMessages } from '../disconnect-messages.ts'

export const messages: DisconnectMessages = {
  title: ({ account }) => `${account} を切断しますか?`,
  effect: ({ app }) =>
    `この ${app} アカウントをすぐに削除します。このアカウントを使用しているものはすべて動作しなくなります。`,
  effectOnOneOfMany: ({ app, which }) =>
    `この ${app} アカウント(${which})をすぐに削除します。このアカウントを使用しているものはすべて動作しなくなります。`,
  keyStays: ({ app }) => `キーは、${app} で失効させるまで有効です。`,
  permissionStays: ({ app }) =>
    `${app} でのアクセス権も取り消すには、${app} のアカウント設定を開いてください。`,
  done: ({ account, app }) => `${account} を ${app} から切断しました。`,
  doneNameless: ({ account }) => `${account} を切断しました。`,
  failed: ({ account, reason }) => `${account} は切断されませんでした。${reason}`,
  errors: {
    upstreamAway: '現在アカウントを切断できません。1 分ほど待ってから、もう一度お試しください。',
  },
}
