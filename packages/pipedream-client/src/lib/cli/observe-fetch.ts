import type { FetchLike } from '../http/send-once.ts'
import type { CliIo } from './cli-io.ts'

/** What the last answer said about time, and when it came, by this machine's clock. */
export interface Observation {
  /** The answer's `Date` header. */
  date: string | null
  askedAt: Date
  answeredAt: Date
}

/** A `fetch` that is watched. */
export interface ObservedFetch {
  fetch: FetchLike
  /** The last answer; undefined when none has come. */
  last(): Observation | undefined
}

export function observeFetch(io: Pick<CliIo, 'fetch' | 'now'>): ObservedFetch {
  let last: Observation | undefined
  return {
    async fetch(url, init) {
      const askedAt = io.now()
      const response = await io.fetch(url, init)
      last = { date: response.headers.get('date'), askedAt, answeredAt: io.now() }
      return response
    },
    last: () => last,
  }
}
