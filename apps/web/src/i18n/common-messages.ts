import { defineCatalogue } from './define-catalogue.ts'
import { messages } from './messages/en.ts'

/** Messages of all pages: the header, and errors that can happen anywhere. */
export const commonMessages = defineCatalogue(messages, {
  de: async () => import('./messages/de.ts'),
  es: async () => import('./messages/es.ts'),
  fr: async () => import('./messages/fr.ts'),
  ja: async () => import('./messages/ja.ts'),
})

export type CommonMessages = typeof messages
