import { ownName } from '../ui/base-path.ts'

interface LanguageFacts {
  /** What its speakers call it. */
  name: string
  /** Which way it is written. */
  direction: 'ltr' | 'rtl'
}

/** The languages that the app speaks. */
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

/** The first of the person's languages that the app speaks; English when it speaks none of them. */
export function preferredLanguage(wanted: readonly string[]): Language {
  return wanted.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en'
}

/** The language in which dates and numbers are written: with the person's region, where the browser names one. */
export function localeFor(language: Language, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.split('-')[0] === language && isTag(tag)) ?? language
}

// A browser may take over from its system what is no language tag, such as `en-US@posix`, and `Intl` throws on that.
function isTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length > 0
  } catch {
    return false
  }
}

/** The language that was chosen in this browser, if one was. */
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
    // Storage may be full or forbidden; the choice then lasts for this visit.
  }
}
