import { countedIn } from '../../i18n/counted.ts'
import type { AppsMessages } from '../apps-messages.ts'

const counted = countedIn('ja')

export const messages: AppsMessages = {
  title: 'アプリを接続',
  search: 'アプリを検索',
  category: 'カテゴリー',
  allCategories: 'すべてのカテゴリー',
  apps: 'アプリ',
  loading: 'アプリを読み込み中',
  more: 'さらにアプリを表示',
  app: 'アプリ',
  found: ({ count }) => counted(count, { other: '# 個のアプリ' }),
  foundMore: ({ count }) => counted(count, { other: '# 個を超えるアプリ' }),
  connected: ({ count }) => counted(count, { other: '# 件接続済み' }),
  nothing: ({ search }) => `「${search}」に一致するアプリはありません`,
  nothingWhy: 'つづりを確認するか、名前の一部で検索してください。',
}
