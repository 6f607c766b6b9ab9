import { ChevronDown } from 'lucide-react'
import { useMessages, useLanguage } from './language-context.tsx'
import { isLanguage, LANGUAGES } from './languages.ts'
import { commonMessages } from './common-messages.ts'

/** Lets the user choose the language of the page. */
export function LanguageChooser() {
  const { language, choose } = useLanguage()
  const { chooseLanguage } = useMessages(commonMessages)
  return (
    <span className="relative inline-flex shrink-0">
      <select
        aria-label={chooseLanguage}
        value={language}
        onChange={({ target }) => isLanguage(target.value) && choose(target.value)}
        className="min-h-9 cursor-pointer appearance-none rounded-lg bg-transparent ps-2.5 pe-7 text-sm text-muted hover:bg-surface-hover hover:text-text"
      >
        {Object.entries(LANGUAGES).map(([tag, { name }]) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        size={14}
        className="pointer-events-none absolute inset-y-0 end-2 my-auto text-muted"
      />
    </span>
  )
}
