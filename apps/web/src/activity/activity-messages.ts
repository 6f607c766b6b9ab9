import { defineCatalogue } from '../i18n/define-catalogue.ts'
import { messages } from './messages/en.ts'

/** What the page of a person's own history says. */
export const activityMessages = defineCatalogue(messages, {
  de: async () => import('./messages/de.ts'),
  es: async () => import('./messages/es.ts'),
  fr: async () => import('./messages/fr.ts'),
  ja: async () => import('./messages/ja.ts'),
})

export type ActivityMessages = typeof messages
