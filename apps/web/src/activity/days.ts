/** What a day is called: "Today", "Yesterday", else its date in full. */
export function dayName({ day, now, locale }: { day: Date; now: Date; locale: string }): string {
  const days = Math.round((midnight(day) - midnight(now)) / 86_400_000)
  if (days !== 0 && days !== -1) return day.toLocaleDateString(locale, { dateStyle: 'full' })
  const name = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
  return name.slice(0, 1).toLocaleUpperCase(locale) + name.slice(1)
}

// Of the person's own calendar; where the clock is changed a day has another length, which rounding takes away.
function midnight(instant: Date): number {
  return new Date(instant.getFullYear(), instant.getMonth(), instant.getDate()).getTime()
}
