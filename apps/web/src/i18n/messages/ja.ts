import type { CommonMessages } from '../common-messages.ts'
import { countedIn } from '../counted.ts'

const counted = countedIn('ja')

export const messages: CommonMessages = {
  tryAgain: '再試行',
  dismiss: '閉じる',
  cancel: 'キャンセル',
  loading: '読み込み中',
  notifications: '通知',
  chooseLanguage: '言語',

  pages: 'ページ',
  accounts: 'アカウント',
  activity: '履歴',
  operator: '運用',
  signedInAs: 'サインイン中:',
  signOut: 'サインアウト',
  stillSignedIn: ({ reason }) => `まだサインインしています。${reason}`,

  signIn: {
    title: 'サインイン',
    wasSignedOut: 'サインアウトされました。続けるにはもう一度サインインしてください。',
    purpose: 'お使いのアプリを接続し、正常に動いているかを確認し、いつでも切断できます。',
    name: '名前',
    noName: 'サインインする名前を入力してください。',
    asOperator: '運用者として',
    asOperatorWhy: 'すべての接続操作を見て、運用者向け API を試すため',
    submit: 'サインイン',
    demo: 'これはデモ用のサインインです。どの名前でも使え、名前ごとに別のアカウントがあります。',
  },

  inApp: {
    title: 'このページをブラウザーで開いてください',
    why: '別のアプリの中で開いています。Google など一部のサービスでは、ここからサインインできません。リンクをコピーして、ブラウザーに貼り付けてください。',
    link: 'このページへのリンク',
    copy: 'リンクをコピー',
    copied: 'リンクをコピーしました',
  },

  notFound: {
    title: 'このアドレスには何もありません',
    why: 'リンクが古いか、入力に誤りがある可能性があります。',
    toAccounts: 'アカウントへ移動',
  },

  stopped: {
    title: 'このページは動作を停止しました',
    what: 'アカウントへの影響はありません。ページを再読み込みしてください。繰り返し発生する場合は、サポートにご連絡ください。',
    reload: 'ページを再読み込み',
  },

  justNow: 'たった今',
  supportCode: ({ code }) =>
    `繰り返し発生する場合は、サポートにこのコードをお伝えください: ${code}`,

  errors: {
    offline: 'オフラインです。接続を確認して、もう一度お試しください。',
    unreachable: 'サーバーに接続できません。接続を確認して、もう一度お試しください。',
    away: '現在サーバーに接続できません。しばらく待ってから、もう一度お試しください。',
    busy: '短時間にリクエストが多すぎます。少し待ってから、もう一度お試しください。',
    busyFor: ({ seconds }) =>
      `短時間にリクエストが多すぎます。${counted(seconds, { other: '# 秒' })}後にもう一度お試しください。`,
    broken: 'こちら側で問題が発生しました。少し待ってから、もう一度お試しください。',
    upstreamAway:
      '現在 Pipedream に接続できません。接続済みのアカウントは安全です。少し待ってから、もう一度お試しください。',
    upstreamRefused:
      'Pipedream がリクエストを拒否しました。繰り返し発生する場合は、サポートにご連絡ください。',
    notSignedIn: 'サインインしていません。サインインしてから、もう一度お試しください。',
    notAllowed: 'この操作は許可されていません。',
    unknownApp: 'このアプリはもうカタログにありません。',
    accountNotFound: 'このアカウントはもうありません。切断された可能性があります。',
    startedElsewhere:
      'この接続は別のブラウザーで開始されたため、ここでは完了できません。このブラウザーで最初からやり直してください。',
    flowOver: 'この接続操作は終了しています。最初からやり直してください。',
  },
}
