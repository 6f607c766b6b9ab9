import { defineCatalogue } from './define-catalogue.ts'
import { messages } from './messages/en.ts'

/** What every page says: the frame around the pages, signing in, and what may go wrong anywhere. */
export const commonMessages = defineCatalogue(messages, {
  de: async () => import('./messages/de.ts'),
  es: async () => import('./messages/es.ts'),
  fr: async () => import('./messages/fr.ts'),
  ja: async () => import('./messages/ja.ts'),
})

export type CommonMessages = typeof messages
