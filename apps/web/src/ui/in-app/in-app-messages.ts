import { defineCatalogue } from '../../i18n/define-catalogue.ts'
import { messages } from './messages/en.ts'

/** Messages for a page that is open inside another app. */
export const inAppMessages = defineCatalogue(messages, {
  de: async () => import('./messages/de.ts'),
  es: async () => import('./messages/es.ts'),
  fr: async () => import('./messages/fr.ts'),
  ja: async () => import('./messages/ja.ts'),
})

export type InAppMessages = typeof messages
