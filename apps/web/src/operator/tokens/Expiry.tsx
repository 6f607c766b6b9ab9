import { useState } from 'react'
import { useLanguage } from '../../i18n/language-context.tsx'
import { useRepeated } from '../../ui/use-repeated.ts'
import { operatorMessages } from '../operator-messages.ts'

const { tokens: messages } = operatorMessages

const TICK_MS = 1000
const readClock = () => Date.now()

/** When a token expires, and in how much time. */
export function Expiry({ iso }: { iso: string }) {
  const { locale } = useLanguage()
  const [now, setNow] = useState(readClock)
  const [tick] = useState(() => () => setNow(readClock()))
  useRepeated(tick, TICK_MS)
  const seconds = Math.round((Date.parse(iso) - now) / 1000)
  const instant = new Date(iso).toLocaleTimeString(locale, { timeStyle: 'medium' })
  return (
    <time dateTime={iso} className="tabular-nums">
      {`${instant} · ${seconds > 0 ? inTime(seconds, locale) : messages.expired}`}
    </time>
  )
}

function inTime(seconds: number, locale: string): string {
  const format = new Intl.RelativeTimeFormat(locale)
  return seconds < 120
    ? format.format(seconds, 'second')
    : format.format(Math.round(seconds / 60), 'minute')
}
