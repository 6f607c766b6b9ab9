import { defineCatalogue } from '../../i18n/define-catalogue.ts'
import { messages } from './messages/en.ts'

/** Messages of a running connect flow, and of its end. */
export const flowMessages = defineCatalogue(messages, {
  de: async () => import('./messages/de.ts'),
  es: async () => import('./messages/es.ts'),
  fr: async () => import('./messages/fr.ts'),
  ja: async () => import('./messages/ja.ts'),
})

export type FlowMessages = typeof messages
