import { CircuitState, circuitBreaker, ConsecutiveBreaker, handleWhen } from 'cockatiel'
import { type FetchLike, type FetchResponse, PipedreamError } from 'pipedream-client/server'

/** `closed`: all is well. `open`: nothing is sent. `half-open`: one request is under way to see whether all is well again. */
export type CircuitBreakerState = 'closed' | 'open' | 'half-open'

export interface CircuitBreaker {
  /** The same `fetch`, which answers 503 at once while the other end is down. */
  fetch: FetchLike
  readonly state: CircuitBreakerState
}

// Three calls with their retries: one request that makes the other end stumble is no outage.
const FAILURES = 10
const OPEN_MS = 15_000

// Asked for less patience than this, the client waits instead of failing at once.
const LEAST_RETRY_AFTER_MS = 11_000

const STATES: Partial<Record<CircuitState, CircuitBreakerState>> = {
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
}

/**
 * Stops sending after ten failures in a row: 5xx, 408, time-outs and broken connections, retries included. From fifteen
 * seconds later on, one request at a time finds out whether that has passed.
 */
export function createCircuitBreaker(fetch: FetchLike): CircuitBreaker {
  const policy = circuitBreaker(handleWhen(isFailure).orWhenResult(isFailedAnswer), {
    breaker: new ConsecutiveBreaker(FAILURES),
    halfOpenAfter: OPEN_MS,
  })
  let openUntil = 0
  policy.onBreak(() => (openUntil = Date.now() + OPEN_MS))
  return {
    get state() {
      return STATES[policy.state] ?? 'closed'
    },
    async fetch(url, init) {
      const isOpen = policy.state === CircuitState.Open && Date.now() < openUntil
      if (isOpen || policy.state === CircuitState.HalfOpen) return unavailable(openUntil)
      return policy.execute(() => fetch(url, init))
    },
  }
}

// Whoever no longer wants an answer says nothing about the other end.
function isFailure(error: unknown): boolean {
  return !(error instanceof PipedreamError && error.code === 'ERR_ABORTED')
}

function isFailedAnswer(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null || !('status' in answer)) return false
  const status = Number(answer.status)
  return status >= 500 || status === 408
}

function unavailable(until: number): FetchResponse {
  const waitMs = Math.max(until - Date.now(), LEAST_RETRY_AFTER_MS)
  return new Response('{"error":"Not sent: Pipedream failed too often just now."}', {
    status: 503,
    headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) },
  })
}
