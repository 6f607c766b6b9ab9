import type { SignInMessages } from '../sign-in-messages.ts'

export const messages: SignInMessages = {
  title: 'サインイン',
  wasSignedOut: 'サインアウトされました。続けるにはサインインしてください。',
  purpose: 'お使いのアプリを接続して状態を確認し、いつでも切断できます。',
  name: '名前',
  noName: '名前を入力してください。',
  asOperator: '運用者としてサインイン',
  asOperatorWhy: 'すべての接続操作の表示と、運用者向け API の利用',
  submit: 'サインイン',
  demo: 'デモ用のサインインです。どの名前でも使えます。名前ごとに別のアカウントを持ちます。',
  code: '起動コード',
  codeWhy: 'ゲートウェイがターミナルに表示します。横のリンクを開くと自動で入力されます。',
  coded:
    'デモ用のサインインです。どの名前でも使えます。名前ごとに、Pipedream プロジェクト内の別のアカウントを持ちます。',
  unset:
    'まだ誰もサインインできません。このゲートウェイをこのコンピューターで自分だけが使う場合は、.env.local に DEMO_SIGN_IN=on を設定して再起動してください。ほかの人がアクセスできる場合は、AUTH_JWKS_URL でサインインを設定してください。',
  off: 'このページではサインインできません。ここへ案内した製品でサインインしてください。',
}
