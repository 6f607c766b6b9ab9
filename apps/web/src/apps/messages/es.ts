import { countedIn } from '../../i18n/counted.ts'
import type { AppsMessages } from '../apps-messages.ts'

const counted = countedIn('es')

export const messages: AppsMessages = {
  title: 'Conectar una aplicación',
  search: 'Buscar aplicaciones',
  category: 'Categoría',
  allCategories: 'Todas las categorías',
  apps: 'Aplicaciones',
  loading: 'Cargando aplicaciones',
  more: 'Mostrar más aplicaciones',
  app: 'Aplicación',
  found: ({ count }) => counted(count, { one: '# aplicación', other: '# aplicaciones' }),
  foundMore: ({ count }) =>
    counted(count, { one: 'más de # aplicación', other: 'más de # aplicaciones' }),
  connected: ({ count }) => counted(count, { one: '# conectada', other: '# conectadas' }),
  nothing: ({ search }) => `Ninguna aplicación coincide con «${search}»`,
  nothingWhy: 'Revise la ortografía o busque una parte del nombre.',
}
