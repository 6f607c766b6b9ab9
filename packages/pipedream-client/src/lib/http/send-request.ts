import { PipedreamError } from './errors.ts'
import { retryDelay } from './retry-delay.ts'
import { type FetchLike, type HttpCall, networkError, sendOnce } from './send-once.ts'
import { type Deadline, wait } from './with-deadline.ts'

/** How requests leave. */
export interface Transport {
  fetch: FetchLike
  /** How often a repeatable request may be sent again. */
  maxRetries: number
}

/**
 * Sends a request and gives back what it receives; every failure is thrown as a `PipedreamError`.
 * A repeatable request is sent again after 408, 429, 5xx and lost answers, as long as `deadline` leaves time for it.
 */
export async function sendRequest<T>(
  transport: Transport,
  request: HttpCall<T>,
  deadline: Deadline,
): Promise<T> {
  let mayHaveWorked = false
  for (let attempt = 0; ; attempt += 1) {
    const tried: Attempt<T> = { request, mayHaveWorked }
    const outcome: T | PipedreamError = await attemptOnce(transport.fetch, tried, deadline.signal)
    if (!(outcome instanceof PipedreamError)) return outcome
    const delayMs = mayRepeat(transport, request, attempt)
      ? retryDelay(outcome, attempt)
      : undefined
    if (delayMs === undefined || delayMs >= deadline.remainingMs()) throw outcome
    mayHaveWorked ||= outcome.code !== 'ERR_RATE_LIMITED'
    await wait(delayMs, deadline.signal)
  }
}

function mayRepeat<T>(transport: Transport, request: HttpCall<T>, attempt: number): boolean {
  return request.repeatable && attempt < transport.maxRetries
}

interface Attempt<T> {
  request: HttpCall<T>
  /** An attempt before this one may have done its work: only the answer was lost, or was a failure. */
  mayHaveWorked: boolean
}

async function attemptOnce<T>(
  fetch: FetchLike,
  attempt: Attempt<T>,
  signal: AbortSignal,
): Promise<T | PipedreamError> {
  const { request } = attempt
  try {
    return await request.receive(await sendOnce(fetch, request, signal), attempt)
  } catch (cause) {
    if (signal.aborted) throw signal.reason
    return networkError(request.target, cause)
  }
}
