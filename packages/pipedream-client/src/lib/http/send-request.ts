import { PipedreamError, type RequestTarget } from './errors.ts'
import type { FetchBody, FetchInit, FetchLike, FetchResponse } from './fetch-like.ts'
import { retryDelay } from './retry-delay.ts'
import { type Deadline, wait } from './with-deadline.ts'

/** One HTTP request. */
export interface HttpRequest {
  url: string
  /** The same request, as an error may name it. */
  target: RequestTarget
  headers: Record<string, string>
  body?: FetchBody | undefined
  /** Sending it twice is as good as once, so a lost response may be asked for again. */
  repeatable: boolean
  /** What to say when it is answered with 401. */
  refusal: string
  /** Texts that no error may repeat, should the other end echo them. */
  secrets: readonly string[]
  /** How long the access token that it carries has been in use, in milliseconds; absent when it carries none. */
  accessTokenAgeMs?: number
}

/** One HTTP request, and what is to become of its response. */
export interface HttpCall<T> extends HttpRequest {
  receive: Receive<T>
}

/**
 * Makes of a response what the call wants of it, or the error that it stands for. Whatever it throws counts as a response that
 * broke off. `mayHaveWorked`: the same request was sent before, and only its response may have been lost.
 */
export type Receive<T> = (
  response: FetchResponse,
  attempt: { request: HttpRequest; mayHaveWorked: boolean },
) => Promise<T | PipedreamError>

/** The platform's `fetch`, looked up when it is called. */
export const platformFetch: FetchLike = (url, init) => fetch(url, init)

/** Sends a request. Throws what `fetch` throws, or the reason why `signal` is aborted already. */
async function sendOnce(
  fetch: FetchLike,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<FetchResponse> {
  // Not every transport looks: what the caller was told has failed must not be sent afterwards.
  signal.throwIfAborted()
  const { url, target, headers, body, repeatable } = request
  const init: FetchInit = { method: target.method, headers, redirect: 'manual', signal, repeatable }
  if (body !== undefined) init.body = body
  if (isStream(body)) init.duplex = 'half'
  return fetch(url, init)
}

/** Whether a body can be sent once only. */
export function isStream(body: unknown): body is ReadableStream {
  return body instanceof ReadableStream
}

/** The error of a response that did not arrive, or not whole. */
export function networkError(target: RequestTarget, cause: unknown): PipedreamError {
  return new PipedreamError(
    'Pipedream could not be reached, or broke off its response. Check the network and baseUrl.',
    { code: 'ERR_NETWORK', target, cause },
  )
}

/** How requests leave. */
export interface Transport {
  fetch: FetchLike
  /** How often a repeatable request may be sent again. */
  maxRetries: number
}

/**
 * Sends a request and gives back what it receives; every failure is thrown as a `PipedreamError`.
 * A repeatable request is sent again after 408, 429, 5xx and lost responses, as long as `deadline` leaves time for it.
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
  /** An attempt before this one may have done its work: only the response was lost, or was a failure. */
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
