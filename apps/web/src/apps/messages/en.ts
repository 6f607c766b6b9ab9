import { countedIn } from '../../i18n/counted.ts'

const counted = countedIn('en')

export const messages = {
  title: 'Connect an app',
  search: 'Search apps',
  category: 'Category',
  allCategories: 'All categories',
  apps: 'Apps',
  loading: 'Loading apps',
  more: 'Show more apps',
  app: 'App',
  found: ({ count }: { count: number }) => counted(count, { one: '# app', other: '# apps' }),
  foundMore: ({ count }: { count: number }) =>
    counted(count, { one: 'more than # app', other: 'more than # apps' }),
  connected: ({ count }: { count: number }) => counted(count, { other: '# connected' }),
  nothing: ({ search }: { search: string }) => `No apps match “${search}”`,
  nothingWhy: 'Check the spelling, or try part of the name.',
}
