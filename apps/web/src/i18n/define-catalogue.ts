import type { Language } from './languages.ts'

type Translation<Messages> = () => Promise<{ messages: Messages }>

/** The words of one part of the app, in every language. */
export interface Catalogue<Messages> {
  /** At once when they are loaded, which English always is. */
  read: (language: Language) => Messages | Promise<Messages>
}

/**
 * A message is a text, or a function that makes one of what it has to mention. English comes with the code and gives the
 * type that every translation has to have; another language is loaded when somebody reads it.
 */
export function defineCatalogue<Messages>(
  english: Messages,
  translations: Record<Exclude<Language, 'en'>, Translation<Messages>>,
): Catalogue<Messages> {
  const known = new Map<Language, Messages | Promise<Messages>>([['en', english]])

  async function load(language: Exclude<Language, 'en'>): Promise<Messages> {
    // A translation that cannot be loaded is no reason to show nothing.
    const { messages } = await translations[language]().catch(() => ({ messages: english }))
    known.set(language, messages)
    return messages
  }

  return {
    read(language) {
      const found = known.get(language)
      if (found !== undefined || language === 'en') return found ?? english
      const loading = load(language)
      known.set(language, loading)
      return loading
    },
  }
}
