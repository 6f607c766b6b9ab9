import { countedIn } from '../../i18n/counted.ts'
import type { AccountsMessages } from '../accounts-messages.ts'

const counted = countedIn('ja')

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

  connect: '接続',
  connectApp: ({ app }) => `${app} を接続`,
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

  catalogue: {
    title: 'アプリを接続',
    search: 'アプリを検索',
    category: 'カテゴリー',
    everyCategory: 'すべてのカテゴリー',
    apps: 'アプリ',
    loading: 'アプリを読み込み中',
    more: 'さらにアプリを表示',
    app: 'アプリ',
    found: ({ count }) => counted(count, { other: '# 個のアプリ' }),
    foundMore: ({ count }) => counted(count, { other: '# 個以上のアプリ' }),
    connected: ({ count }) => counted(count, { other: '# 件接続済み' }),
    nothing: ({ search }) => `「${search}」に一致するアプリはありません`,
    nothingWhy: 'つづりを確認するか、名前の一部で検索してください。',
  },

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
