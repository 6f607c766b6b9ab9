import type { HeldMessages } from '../held-messages.ts'

export const messages: HeldMessages = {
  states: {
    checking: '確認中…',
    waiting: '確認が必要',
    notFinished: '未完了',
    finishedElsewhere: 'ブロック済み',
    unknownAge: '未検証',
  },
  waitingWhy:
    'この接続をここで開始しましたか? 確認するとアカウントを使用できます。未確認のアカウントは使用できません。',
  notFinishedWhy: 'このアカウントの接続は完了していないため、使用できません。',
  unknownAgeWhy: 'このアカウントがいつ接続されたか不明なため、使用できません。',
  keepHere: '使用するには保持し、不要な場合は削除してください。',
  keepElsewhere:
    '接続を開始したブラウザーまたはアプリで、進行中の接続がないときに保持できます。不要な場合は削除してください。',
  finishedElsewhereWhy: ({ code }) =>
    `別のブラウザーまたは別の人がこのアカウントの接続を完了したため、削除しかできません。ご自身のアカウントの場合は、コード ${code} をサポートにお伝えください。`,

  confirm: '確認する',
  confirmAccount: ({ account, app }) => `${account}(${app})を確認する`,
  confirmNameless: ({ account }) => `${account} を確認する`,
  keep: '保持',
  keepAccount: ({ account, app }) => `${account}(${app})を保持`,
  keepNameless: ({ account }) => `${account} を保持`,
  kept: ({ account }) => `${account} を使用できるようになりました。`,

  removal: {
    act: '削除',
    named: ({ account, app }) => `${account}(${app})を削除`,
    nameless: ({ account }) => `${account} を削除`,
    title: ({ account }) => `${account} を削除しますか?`,
    effect: ({ app }) => `この ${app} アカウントと認証情報をすぐに削除します。`,
    effectOnOneOfMany: ({ app, which }) =>
      `この ${app} アカウント(${which})と認証情報をすぐに削除します。`,
    done: ({ account, app }) => `${account}(${app})を削除しました。`,
    doneNameless: ({ account }) => `${account} を削除しました。`,
    failed: ({ account, reason }) => `${account} は削除されませんでした。${reason}`,
  },

  refusals: {
    StartedElsewhere: 'このアカウントは、接続を開始したブラウザーまたはアプリでのみ保持できます。',
    FinishedElsewhere:
      '別のブラウザーまたは別の人がこのアカウントの接続を完了しました。削除してください。',
    FlowStillOpen: 'この接続はまだ進行中です。先に完了するか、キャンセルしてください。',
    RemovalInProgress:
      'このアカウントは現在削除中です。1 分ほど待ってから、もう一度お試しください。',
  },
}
