import { ownName } from '../ui/base-path.ts'

interface LanguageFacts {
  /** Its name in the language itself. */
  name: string
  /** Writing direction. */
  direction: 'ltr' | 'rtl'
}

/** The app's languages. */
export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr' },
  de: { name: 'Deutsch', direction: 'ltr' },
  es: { name: 'Español', direction: 'ltr' },
  fr: { name: 'Français', direction: 'ltr' },
  ja: { name: '日本語', direction: 'ltr' },
} as const satisfies Record<string, LanguageFacts>

export type Language = keyof typeof LANGUAGES

const key = () => ownName('language')

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.hasOwn(LANGUAGES, value)
}

/** The first of the browser's languages that the app has, otherwise English. */
export function preferredLanguage(wanted: readonly string[]): Language {
  return wanted.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en'
}

/** The locale for dates and numbers: the language, with the browser's region if it has one. */
export function localeFor(language: Language, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.split('-')[0] === language && isTag(tag)) ?? language
}

// A browser may copy an invalid tag from its system, such as `en-US@posix`. `Intl` throws on it.
function isTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length > 0
  } catch {
    return false
  }
}

/** The language chosen in this browser, if any. */
export function chosenLanguage(): Language | undefined {
  try {
    const stored = localStorage.getItem(key())
    return isLanguage(stored) ? stored : undefined
  } catch {
    return undefined
  }
}

/** Remembers the choice for the next visit. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(key(), language)
  } catch {
    // Storage may be full or blocked. Then the choice lasts for this visit.
  }
}
