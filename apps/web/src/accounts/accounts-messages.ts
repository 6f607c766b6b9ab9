import { defineCatalogue } from '../i18n/define-catalogue.ts'
import { messages } from './messages/en.ts'

/** Messages of the user's accounts. */
export const accountsMessages = defineCatalogue(messages, {
  de: async () => import('./messages/de.ts'),
  es: async () => import('./messages/es.ts'),
  fr: async () => import('./messages/fr.ts'),
  ja: async () => import('./messages/ja.ts'),
})

export type AccountsMessages = typeof messages
