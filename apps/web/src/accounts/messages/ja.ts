import type { AccountsMessages } from '../accounts-messages.ts'

export const messages: AccountsMessages = {
  purpose: 'この製品があなたに代わって使えるアカウントです。',
  yourAccounts: 'あなたのアカウント',
  loadingAccounts: 'アカウントを読み込み中',
  moreAccounts: 'さらにアカウントを表示',
  outdated: ({ reason }) => `この一覧を更新できませんでした。${reason}`,
  staleSince: ({ age }) => `現在 Pipedream に接続できません。${age}の状態を表示しています。`,

  noAccounts: 'アカウントはまだありません',
  chooseApp: '最初のアカウントを接続するアプリを選んでください。',
  popularApps: '接続できる人気のアプリ',

  accountOf: ({ app }) => `${app} アカウント`,
  connectedAge: ({ age }) => `${age}に接続`,
  refreshedAge: ({ age }) => `${age}に更新`,
  connectedAt: ({ instant }) => `${instant} に接続`,

  healthy: '正常',
  needsAttention: '確認が必要',
  reconnectNeeded: '再接続が必要',
  checking: '確認中',
  waiting: '確認待ち',
  waitingWhy:
    'このブラウザーで接続した場合は、確認してください。確認されるまで誰も使用できず、確認されなければ削除されます。',
  confirm: '確認する',
  confirmAccount: ({ account, app }) => `${app} の ${account} を確認する`,
  confirmNameless: ({ account }) => `${account} を確認する`,

  add: 'アカウントを追加',
  addAnother: ({ app }) => `アカウントを追加: ${app}`,
  reconnect: '再接続',
  reconnectAccount: ({ account, app }) => `${account} を ${app} に再接続`,
  reconnectNameless: ({ account }) => `${account} を再接続`,
  disconnect: '切断',
  disconnectAccount: ({ account, app }) => `${account} を ${app} から切断`,
  disconnectNameless: ({ account }) => `${account} を切断`,

  question: {
    title: ({ account }) => `${account} を切断しますか?`,
    effect: ({ app }) =>
      `この ${app} アカウントは、この製品と Pipedream から直ちに削除されます。これを使って作成したものは動かなくなります。`,
    effectOnTwin: ({ app, mark }) =>
      `この ${app} アカウント(${mark})は、この製品と Pipedream から直ちに削除されます。これを使って作成したものは動かなくなります。`,
    keyStays: ({ app }) => `キー自体は、${app} で失効させるまで有効です。`,
    permissionStays: ({ app }) =>
      `${app} で与えた許可は取り消されません。許可も取り消すには、${app} のアカウント設定を開いてください。`,
    done: ({ account, app }) => `${account} を ${app} から切断しました。`,
    doneNameless: ({ account }) => `${account} を切断しました。`,
    failed: ({ account, reason }) => `${account} は切断されませんでした。${reason}`,
  },
}
