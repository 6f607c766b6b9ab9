import { PipedreamError, PipedreamInputError, type RequestTarget } from './errors.ts'
import type { FetchBody, FetchInit, FetchLike, FetchResponse } from './fetch-like.ts'
import { retryDelay } from './retry-delay.ts'
import { type Deadline, wait } from './with-deadline.ts'

/** One HTTP request. */
export interface HttpRequest {
  url: string
  /** What errors show of the request. */
  target: RequestTarget
  headers: Record<string, string>
  body?: FetchBody | undefined
  /** Whether the request may be sent again after a lost response. */
  repeatable: boolean
  /** The error message for a 401 response. */
  unauthorizedMessage: string
  /** Strings that no error may contain, even if the server echoes them. */
  secrets: readonly string[]
  /** The time since the access token was first used, in milliseconds; absent if there is no access token. */
  accessTokenAgeMs?: number
}

/** One HTTP request, and how to read its response. */
export interface HttpCall<T> extends HttpRequest {
  receive: Receive<T>
}

/**
 * Turns a response into the call's result, or into an error. Anything it throws counts as an interrupted response.
 * `mayHaveWorked`: the request was sent before, and perhaps only its response was lost.
 */
export type Receive<T> = (
  response: FetchResponse,
  attempt: { request: HttpRequest; mayHaveWorked: boolean },
) => Promise<T | PipedreamError>

/** The platform's `fetch`, looked up at each call. */
export const platformFetch: FetchLike = (url, init) => fetch(url, init)

/** Sends a request. Throws the error of `fetch`, or the reason of an aborted `signal`. */
async function sendOnce(
  fetch: FetchLike,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<FetchResponse> {
  // Not every transport checks the signal. A call that has already failed must not be sent.
  signal.throwIfAborted()
  const { url, target, headers, body } = request
  const init: FetchInit = { method: target.method, headers, redirect: 'manual', signal }
  if (body !== undefined) init.body = body
  if (isStream(body)) init.duplex = 'half'
  return fetch(url, init)
}

/** Whether a body can be sent only once. */
export function isStream(body: unknown): body is ReadableStream {
  return body instanceof ReadableStream
}

/** The error for a missing or incomplete response. */
export function networkError(target: RequestTarget, cause: unknown): PipedreamError {
  return new PipedreamError(
    'Pipedream could not be reached, or its response was interrupted. Check the network and baseUrl.',
    { code: 'ERR_NETWORK', target, cause },
  )
}

/** How requests are sent. */
export interface Transport {
  fetch: FetchLike
  /** How many times a repeatable request may be retried. */
  maxRetries: number
}

/**
 * Sends a request and returns what `receive` makes of the response. Throws a `PipedreamError` on failure. Retries a repeatable
 * request after 408, 429, 5xx and lost responses, as long as `deadline` allows.
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
  /** An earlier attempt may have succeeded, although its response was lost or was a failure. */
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
    // The transport was set up wrongly, and sent nothing.
    if (cause instanceof PipedreamInputError) return cause
    return networkError(request.target, cause)
  }
}
