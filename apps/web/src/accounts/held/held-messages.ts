import { defineCatalogue } from '../../i18n/define-catalogue.ts'
import { messages } from './messages/en.ts'

/** Messages of held accounts. */
export const heldMessages = defineCatalogue(messages, {
  de: async () => import('./messages/de.ts'),
  es: async () => import('./messages/es.ts'),
  fr: async () => import('./messages/fr.ts'),
  ja: async () => import('./messages/ja.ts'),
})

export type HeldMessages = typeof messages
