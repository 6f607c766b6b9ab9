import { useEffect, useState } from 'react'
import { commonMessages } from '../i18n/common-messages.ts'
import { useLanguage, useMessages } from '../i18n/language-context.tsx'
import { relativeAge } from './relative-age.ts'

const TICK_MS = 30_000
const FULL = { dateStyle: 'full', timeStyle: 'short' } as const

interface RelativeTimeProps {
  iso: string
  /** Puts the age into a phrase; default: the age alone. */
  word?: (age: string) => string
}

/** "5 minutes ago", kept up to date. The exact time shows on hover. */
export function RelativeTime({ iso, word }: RelativeTimeProps) {
  const { locale } = useLanguage()
  const { justNow } = useMessages(commonMessages)
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  const instant = new Date(iso)
  const age = relativeAge({ instant, now, locale }) ?? justNow
  return (
    <time dateTime={iso} title={instant.toLocaleString(locale, FULL)}>
      {word ? word(age) : age}
    </time>
  )
}
