import type { FetchHeaders } from './fetch-like.ts'

// `Date.parse` alone accepts almost anything, such as a single digit.
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** When a server wrote a response, by its clock, in seconds; null if its `Date` is absent, invalid or from a cache. */
export function readDate(headers: FetchHeaders): Date | null {
  const text = headers.get('date') ?? ''
  const isCached = Number(headers.get('age') ?? 0) !== 0
  const date = new Date(HTTP_DATE.test(text) ? text : Number.NaN)
  return isCached || Number.isNaN(date.getTime()) ? null : date
}
