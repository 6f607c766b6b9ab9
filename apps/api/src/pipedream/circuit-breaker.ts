import { CircuitState, circuitBreaker, ConsecutiveBreaker, handleWhen } from 'cockatiel'
import { type FetchLike, type FetchResponse, PipedreamError } from 'pipedream-client/server'
import { notSent } from './not-sent.ts'

/** `closed`: requests are sent. `open`: nothing is sent. `half-open`: one trial request is in flight. */
export type CircuitBreakerState = 'closed' | 'open' | 'half-open'

export interface CircuitBreaker {
  /** Like the wrapped `fetch`, but returns 503 immediately while the circuit is open. */
  fetch: FetchLike
  readonly state: CircuitBreakerState
}

// Three calls with their retries, so that one request that Pipedream fails on does not open the circuit.
const FAILURES = 10
const OPEN_MS = 15_000

const STATES: Partial<Record<CircuitState, CircuitBreakerState>> = {
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
}

/**
 * Opens the circuit after ten consecutive failures: 5xx, 408, time-outs and broken connections, including retries. After 15
 * seconds it sends one trial request at a time, until one succeeds.
 */
export function createCircuitBreaker(fetch: FetchLike): CircuitBreaker {
  const policy = circuitBreaker(handleWhen(isFailure).orWhenResult(isFailedResponse), {
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

// An abort by the caller says nothing about Pipedream.
function isFailure(error: unknown): boolean {
  return !(error instanceof PipedreamError && error.code === 'ERR_ABORTED')
}

function isFailedResponse(response: unknown): boolean {
  if (typeof response !== 'object' || response === null || !('status' in response)) return false
  const status = Number(response.status)
  return status >= 500 || status === 408
}

function unavailable(until: number): FetchResponse {
  const error = 'Not sent, because Pipedream failed too often.'
  return notSent({ status: 503, error, retryAfterMs: until - Date.now() })
}
