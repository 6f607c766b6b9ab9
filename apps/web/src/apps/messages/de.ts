import { countedIn } from '../../i18n/counted.ts'
import type { AppsMessages } from '../apps-messages.ts'

const counted = countedIn('de')

export const messages: AppsMessages = {
  title: 'App verbinden',
  search: 'Apps suchen',
  category: 'Kategorie',
  allCategories: 'Alle Kategorien',
  apps: 'Apps',
  loading: 'Apps werden geladen',
  more: 'Weitere Apps anzeigen',
  app: 'App',
  found: ({ count }) => counted(count, { one: '# App', other: '# Apps' }),
  foundMore: ({ count }) => counted(count, { one: 'mehr als # App', other: 'mehr als # Apps' }),
  connected: ({ count }) => counted(count, { other: '# verbunden' }),
  nothing: ({ search }) => `Keine App passt zu „${search}“`,
  nothingWhy: 'Prüfen Sie die Schreibweise oder suchen Sie nach einem Teil des Namens.',
}
