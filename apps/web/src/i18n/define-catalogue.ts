import type { Language } from './languages.ts'

type Translation<Messages> = () => Promise<{ messages: Messages }>

/** The messages of one part of the app, in every language. */
export interface Catalogue<Messages> {
  /**
   * Returns English messages directly, and a promise for other languages. The promise stays the same after it has resolved:
   * React renders a suspended component again, and fails when it then doesn't call `use`.
   */
  read: (language: Language) => Messages | Promise<Messages>
}

/**
 * Defines a catalogue. A message is a string, or a function that returns one. English is bundled, and its type is the type
 * of every translation; another language is loaded when it is first read.
 */
export function defineCatalogue<Messages>(
  english: Messages,
  translations: Record<Exclude<Language, 'en'>, Translation<Messages>>,
): Catalogue<Messages> {
  const asked = new Map<Language, Promise<Messages>>()

  async function load(language: Exclude<Language, 'en'>): Promise<Messages> {
    // If a translation can't be loaded, the page speaks English.
    const { messages } = await translations[language]().catch(() => ({ messages: english }))
    return messages
  }

  return {
    read(language) {
      if (language === 'en') return english
      const loading = asked.get(language) ?? load(language)
      asked.set(language, loading)
      return loading
    },
  }
}
