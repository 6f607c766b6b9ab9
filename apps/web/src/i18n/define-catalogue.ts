import type { Language } from './languages.ts'

type Translation<Messages> = () => Promise<{ messages: Messages }>

/** The words of one part of the app, in every language. */
export interface Catalogue<Messages> {
  /**
   * English at once. Another language stays the same promise, also when it is loaded: React renders a component that
   * waited anew, and fails when that does not come to `use` again.
   */
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
  const asked = new Map<Language, Promise<Messages>>()

  async function load(language: Exclude<Language, 'en'>): Promise<Messages> {
    // A translation that cannot be loaded is no reason to show nothing.
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
