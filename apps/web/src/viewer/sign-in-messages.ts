import { defineCatalogue } from '../i18n/define-catalogue.ts'
import { messages } from './messages/en.ts'

/** Messages of the sign-in page. */
export const signInMessages = defineCatalogue(messages, {
  de: async () => import('./messages/de.ts'),
  es: async () => import('./messages/es.ts'),
  fr: async () => import('./messages/fr.ts'),
  ja: async () => import('./messages/ja.ts'),
})

export type SignInMessages = typeof messages
