import type { EmulatorClock } from '../state/clock.ts'
import { throttled } from '../wire/errors.ts'

/** So many requests in a window of time. */
export interface RateLimit {
  requests: number
  windowMs: number
}

/** Counts requests, and refuses those that are too many. */
export interface RateLimits {
  /** Are the limits that Pipedream publishes on? Those that a caller puts on itself always are. */
  readonly published: boolean
  /** Counts one request of `key`; throws 429 when the window has no room left. */
  count: (name: string, key: string, limit: RateLimit) => void
  reset: () => void
}

interface Window {
  /** Which window since 1970 this is. */
  number: number
  counts: Map<string, number>
}

/**
 * Windows are fixed and all begin with the clock's round times, so that old counts are dropped at once and memory stays
 * small however many keys there are. Whether Pipedream's windows are fixed or slide is unknown; fixed is inferred.
 */
export function createRateLimits(clock: EmulatorClock, published: boolean): RateLimits {
  const windows = new Map<string, Window>()
  return {
    published,
    count(name, key, { requests, windowMs }) {
      const now = clock.now().getTime()
      const number = Math.floor(now / windowMs)
      let window = windows.get(name)
      if (window?.number !== number) {
        window = { number, counts: new Map() }
        windows.set(name, window)
      }
      const count = (window.counts.get(key) ?? 0) + 1
      if (count > requests) throw throttled({ requests, now, resetsAt: (number + 1) * windowMs })
      window.counts.set(key, count)
    },
    reset: () => windows.clear(),
  }
}
