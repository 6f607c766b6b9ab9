import type { PipedreamError, PipedreamErrorCode } from './errors.ts'
import type { FetchResponse } from './fetch-like.ts'

/** The longest `Retry-After` that a call waits out, in milliseconds. Asked for more, it fails at once and says so. */
const LONGEST_WAIT_MS = 10_000
const FIRST_BACKOFF_MS = 250
const LONGEST_BACKOFF_MS = 4_000

const PASSING: ReadonlySet<PipedreamErrorCode> = new Set([
  'ERR_RATE_LIMITED',
  'ERR_UPSTREAM',
  'ERR_NETWORK',
])

/**
 * How long to wait before asking again, in milliseconds, after `attempt` (counted from 0) failed with `error`.
 * Undefined when asking again would not help, or when Pipedream asked for more patience than a call has.
 */
export function retryDelay(error: PipedreamError, attempt: number): number | undefined {
  if (!PASSING.has(error.code)) return undefined
  const backoffMs = Math.min(FIRST_BACKOFF_MS * 2 ** attempt, LONGEST_BACKOFF_MS)
  if (error.retryAfterMs === undefined) return backoffMs * (0.5 + Math.random() / 2)
  if (error.retryAfterMs > LONGEST_WAIT_MS) return undefined
  // Never sooner than asked, and not all callers at the same instant.
  return error.retryAfterMs + Math.random() * FIRST_BACKOFF_MS
}

/**
 * `Retry-After` in milliseconds: seconds or an HTTP date; else `X-RateLimit-Reset` (unix seconds), which Pipedream
 * documents beside it. Undefined when there is neither, or when it cannot be read.
 */
export function readRetryAfterMs(headers: FetchResponse['headers']): number | undefined {
  const retryAfter = headers.get('retry-after')?.trim() ?? ''
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000
  if (/^[A-Z][a-z]{2}, .*GMT$/.test(retryAfter)) return untilMs(Date.parse(retryAfter))
  const reset = headers.get('x-ratelimit-reset')?.trim() ?? ''
  return /^\d{9,10}$/.test(reset) ? untilMs(Number(reset) * 1000) : undefined
}

function untilMs(instant: number): number | undefined {
  return Number.isNaN(instant) ? undefined : Math.max(0, instant - Date.now())
}
