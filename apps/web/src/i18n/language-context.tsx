import {
  createContext,
  startTransition,
  use,
  useCallback,
  useContext,
  useLayoutEffect,
  useMemo,
  useState,
} from 'react'
import type { Catalogue } from './define-catalogue.ts'
import {
  chosenLanguage,
  LANGUAGES,
  type Language,
  localeFor,
  preferredLanguage,
  rememberLanguage,
} from './languages.ts'
import type { Elements } from '../ui/elements.ts'

interface LanguageValue {
  language: Language
  /** For `Intl`. */
  locale: string
  choose: (language: Language) => void
}

const LanguageContext = createContext<LanguageValue>({
  language: 'en',
  locale: 'en',
  choose: () => undefined,
})

export function useLanguage(): LanguageValue {
  return useContext(LanguageContext)
}

/** The messages of a catalogue in the language of the page. Suspends the component until they are loaded. */
export function useMessages<Messages>(catalogue: Catalogue<Messages>): Messages {
  const messages = catalogue.read(useLanguage().language)
  return messages instanceof Promise ? use(messages) : messages
}

/** Renders its children in English, whatever the language of the page: with English dates and numbers, too. */
export function EnglishOnly({ children }: { children: Elements }) {
  const [value] = useState(() => ({
    language: 'en' as const,
    locale: localeFor('en', navigator.languages),
    choose: () => undefined,
  }))
  return (
    <LanguageContext value={value}>
      <div lang="en">{children}</div>
    </LanguageContext>
  )
}

/** Starts to load catalogues that components further down will use, so that they load in parallel. */
export function usePreloadedMessages(...catalogues: readonly Catalogue<unknown>[]): void {
  const { language } = useLanguage()
  for (const catalogue of catalogues) void catalogue.read(language)
}

/** Provides the language of the page: the one chosen here, otherwise the first of the browser's that the app has. */
export function LanguageProvider({ children }: { children: Elements }) {
  const [language, setLanguage] = useState(
    () => chosenLanguage() ?? preferredLanguage(navigator.languages),
  )
  const choose = useCallback((chosen: Language) => {
    rememberLanguage(chosen)
    // A transition: the page stays as it is until the translation is loaded.
    startTransition(() => setLanguage(chosen))
  }, [])
  const value = useMemo(
    () => ({ language, locale: localeFor(language, navigator.languages), choose }),
    [language, choose],
  )
  useLayoutEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = LANGUAGES[language].direction
  }, [language])
  return <LanguageContext value={value}>{children}</LanguageContext>
}
