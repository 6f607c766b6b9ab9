import type { PipedreamError, PipedreamErrorCode } from './errors.ts'
import type { FetchResponse } from './fetch-like.ts'

/** The longest `Retry-After` that a call waits for, in milliseconds. With a longer one, it fails immediately. */
const LONGEST_WAIT_MS = 10_000
const FIRST_BACKOFF_MS = 250
const LONGEST_BACKOFF_MS = 4_000

const PASSING: ReadonlySet<PipedreamErrorCode> = new Set([
  'ERR_RATE_LIMITED',
  'ERR_UPSTREAM',
  'ERR_NETWORK',
])

/**
 * The wait in milliseconds before the next attempt, after `attempt` (counted from 0) failed with `error`. Undefined if a retry
 * cannot help, or if Pipedream asks for a longer wait than a call allows.
 */
export function retryDelay(error: PipedreamError, attempt: number): number | undefined {
  if (!PASSING.has(error.code)) return undefined
  const backoffMs = Math.min(FIRST_BACKOFF_MS * 2 ** attempt, LONGEST_BACKOFF_MS)
  if (error.retryAfterMs === undefined) return backoffMs * (0.5 + Math.random() / 2)
  if (error.retryAfterMs > LONGEST_WAIT_MS) return undefined
  // Jitter, and never less than Pipedream asked for.
  return error.retryAfterMs + Math.random() * FIRST_BACKOFF_MS
}

/**
 * `Retry-After` in milliseconds, given in seconds or as an HTTP date; else `X-RateLimit-Reset` (Unix seconds), which Pipedream
 * also documents. Undefined if neither is present and readable.
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
