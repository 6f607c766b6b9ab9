import { defineCatalogue } from '../../i18n/define-catalogue.ts'
import { messages } from './messages/en.ts'

/** Messages about a link that asks to connect an app. */
export const linkMessages = defineCatalogue(messages, {
  de: async () => import('./messages/de.ts'),
  es: async () => import('./messages/es.ts'),
  fr: async () => import('./messages/fr.ts'),
  ja: async () => import('./messages/ja.ts'),
})

export type LinkMessages = typeof messages
