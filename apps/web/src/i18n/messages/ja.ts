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
  activity: 'アクティビティ',
  operator: '運用',
  signedInAs: 'サインイン中:',
  nowSignedInAs: ({ name }) => `${name} としてサインインしました。`,
  signOut: 'サインアウト',
  stillSignedIn: ({ reason }) => `まだサインインしています。${reason}`,

  notFound: {
    title: 'ページが見つかりません',
    why: 'リンクを確認するか、アカウントのページへ移動してください。',
    toAccounts: 'アカウントへ移動',
  },

  stopped: {
    title: '問題が発生しました',
    what: 'アカウントへの影響はありません。ページを再読み込みしてください。繰り返し発生する場合は、サポートにお問い合わせください。',
    reload: 'ページを再読み込み',
  },

  justNow: 'たった今',
  supportCode: ({ code }) =>
    `解決しない場合は、コード ${code} を添えてサポートにお問い合わせください。`,

  errors: {
    offline: 'オフラインです。接続を確認して、もう一度お試しください。',
    unreachable: 'サーバーに接続できません。接続を確認して、もう一度お試しください。',
    away: '現在サーバーに接続できません。1 分ほど待ってから、もう一度お試しください。',
    busy: 'リクエストが多すぎます。少し待ってから、もう一度お試しください。',
    busyFor: ({ seconds }) =>
      `リクエストが多すぎます。${counted(seconds, { other: '# 秒' })}後にもう一度お試しください。`,
    broken: '問題が発生しました。少し待ってから、もう一度お試しください。',
    upstreamAway: '現在ご利用いただけません。1 分ほど待ってから、もう一度お試しください。',
    upstreamRefused:
      '処理できませんでした。繰り返し発生する場合は、サポートにお問い合わせください。',
    notSignedIn: 'サインアウトしています。サインインしてから、もう一度お試しください。',
    notAllowed: 'この操作を行う権限がありません。',
    unknownApp: 'このアプリは現在利用できません。',
    accountNotFound: 'このアカウントはすでに切断されています。',
    startedElsewhere:
      'この接続は別のブラウザーまたはアプリで開始されました。ここでもう一度始めてください。',
    flowOver: 'この接続操作は終了しています。もう一度始めてください。',
  },
}
