/** Formats a duration with two significant digits: "850 ms", "4.2 sec", "3 min". */
export function formatDuration(ms: number, locale: string): string {
  if (ms < 1000) return unit('millisecond', Math.round(ms))
  if (ms < 60_000) return unit('second', Math.round(ms / 100) / 10)
  return unit('minute', Math.round(ms / 6000) / 10)

  function unit(name: string, value: number): string {
    return new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
    }).format(value)
  }
}
