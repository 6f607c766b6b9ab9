import { countedIn } from '../../i18n/counted.ts'
import type { AppsMessages } from '../apps-messages.ts'

const counted = countedIn('fr')

export const messages: AppsMessages = {
  title: 'Connecter une application',
  search: 'Rechercher une application',
  category: 'Catégorie',
  allCategories: 'Toutes les catégories',
  apps: 'Applications',
  loading: 'Chargement des applications',
  more: 'Afficher plus d’applications',
  app: 'Application',
  found: ({ count }) => counted(count, { one: '# application', other: '# applications' }),
  foundMore: ({ count }) =>
    counted(count, { one: 'plus de # application', other: 'plus de # applications' }),
  connected: ({ count }) => counted(count, { one: '# connecté', other: '# connectés' }),
  nothing: ({ search }) => `Aucune application ne correspond à « ${search} »`,
  nothingWhy: 'Vérifiez l’orthographe ou cherchez une partie du nom.',
}
