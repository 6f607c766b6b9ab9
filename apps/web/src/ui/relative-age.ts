const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

interface RelativeAgeInput {
  instant: Date
  now: Date
  locale: string
}

/**
 * How long ago `instant` was: "5 minutes ago", "yesterday", "last month". `undefined`: less than a minute, or in the future,
 * because the server's clock and this one differ.
 */
export function relativeAge({ instant, now, locale }: RelativeAgeInput): string | undefined {
  const seconds = (now.getTime() - instant.getTime()) / 1000
  const [unit, size] = UNITS.find(([, size]) => seconds >= size) ?? []
  if (unit === undefined || size === undefined) return undefined
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  return format.format(-Math.floor(seconds / size), unit)
}
