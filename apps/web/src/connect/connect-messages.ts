import { defineCatalogue } from '../i18n/define-catalogue.ts'
import { messages } from './messages/en.ts'

/** Messages of the connect flow, used by `accounts/` and `apps/`. */
export const connectMessages = defineCatalogue(messages, {
  de: async () => import('./messages/de.ts'),
  es: async () => import('./messages/es.ts'),
  fr: async () => import('./messages/fr.ts'),
  ja: async () => import('./messages/ja.ts'),
})

export type ConnectMessages = typeof messages
