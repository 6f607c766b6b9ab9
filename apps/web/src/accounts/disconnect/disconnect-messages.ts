import { defineCatalogue } from '../../i18n/define-catalogue.ts'
import { messages } from './messages/en.ts'

/** Messages of the question before an account is disconnected, and of its result. */
export const disconnectMessages = defineCatalogue(messages, {
  de: async () => import('./messages/de.ts'),
  es: async () => import('./messages/es.ts'),
  fr: async () => import('./messages/fr.ts'),
  ja: async () => import('./messages/ja.ts'),
})

export type DisconnectMessages = typeof messages
