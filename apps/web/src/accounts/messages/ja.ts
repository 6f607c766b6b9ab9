import type { AccountsMessages } from '../accounts-messages.ts'

export const messages: AccountsMessages = {
  purpose: '接続済みのアプリです。',
  yourAccounts: 'あなたのアカウント',
  loadingAccounts: 'アカウントを読み込み中',
  moreAccounts: 'さらにアカウントを表示',
  outdated: ({ reason }) => `この一覧を更新できませんでした。${reason}`,
  staleSince: ({ age }) => `現在アカウントを更新できません。最終更新: ${age}`,

  noAccounts: 'アカウントはまだありません',
  connectFirst: 'アプリを接続して始めましょう。',
  popularApps: '人気のアプリ',

  accountOf: ({ app }) => `${app} アカウント`,
  connectedAge: ({ age }) => `${age}に接続`,
  refreshedAge: ({ age }) => `最終同期: ${age}`,
  connectedAt: ({ instant }) => `${instant} に接続`,
  connectedAtInline: ({ instant }) => `${instant} に接続`,

  healthy: '正常',
  needsAttention: '対応が必要',
  reconnectNeeded: '再接続が必要',

  add: 'アカウントを追加',
  addAnother: ({ app }) => `アカウントを追加: ${app}`,
  reconnect: '再接続',
  reconnectAccount: ({ account, app }) => `${account} を ${app} に再接続`,
  reconnectNameless: ({ account }) => `${account} を再接続`,

  disconnection: {
    act: '切断',
    named: ({ account, app }) => `${account} を ${app} から切断`,
    nameless: ({ account }) => `${account} を切断`,
  },
}
