import { defineCatalogue } from '../i18n/define-catalogue.ts'
import { messages } from './messages/en.ts'

/** What the page of accounts says, the catalogue of apps included. */
export const accountsMessages = defineCatalogue(messages, {
  de: async () => import('./messages/de.ts'),
  es: async () => import('./messages/es.ts'),
  fr: async () => import('./messages/fr.ts'),
  ja: async () => import('./messages/ja.ts'),
})

export type AccountsMessages = typeof messages
