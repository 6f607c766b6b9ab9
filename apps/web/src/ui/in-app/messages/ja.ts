import type { InAppMessages } from '../in-app-messages.ts'

export const messages: InAppMessages = {
  title: 'このページをブラウザーで開いてください',
  why: '別のアプリの中で開いています。Google など一部のサービスでは、ここからサインインできません。リンクをコピーして、ブラウザーに貼り付けてください。',
  link: 'このページへのリンク',
  copy: 'リンクをコピー',
  copied: 'リンクをコピーしました',
}
