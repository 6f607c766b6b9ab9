import type { EmulatorClock } from '../state/clock.ts'
import { throttled } from '../wire/errors.ts'

/** A number of requests per period. */
export interface RateLimit {
  requests: number
  windowMs: number
}

/** Counts requests and rejects those over a limit. */
export interface RateLimits {
  /** Whether the limits that Pipedream documents are enforced. Limits that callers impose on themselves always are. */
  readonly published: boolean
  /** Counts one request for `key`. Throws 429 when the window is full. */
  count: (name: string, key: string, limit: RateLimit) => void
  reset: () => void
}

interface Window {
  /** The number of the window since 1970. */
  number: number
  counts: Map<string, number>
}

/**
 * All windows are fixed and start at multiples of their length. Old counts can be dropped together, so memory stays
 * small however many keys there are. Whether Pipedream's windows are fixed or sliding is unknown; fixed is inferred.
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
