import { PipedreamError, type RequestTarget } from './errors.ts'

/**
 * The part of `fetch` that this client uses, so that a keep-alive transport, an emulator or a test can stand in for it.
 * It must reject when no whole answer arrives, and should stop when `signal` is aborted.
 */
export type FetchLike = (url: string, init: FetchInit) => Promise<FetchResponse>

/** What `FetchLike` is given besides the URL; a subset of `RequestInit`. */
export interface FetchInit {
  /** `GET`, `POST`, `DELETE`, ... */
  method: string
  /** Names in lower case. */
  headers: Record<string, string>
  /** Absent when there is no body. Its media type, when it has one, is among the headers: nothing has to be guessed. */
  body?: FetchBody
  /** There when the body is a stream, because `fetch` demands it then. */
  duplex?: 'half'
  /** Always `manual`: a followed redirect could carry the client secret to another host. */
  redirect: 'manual'
  /** Aborted when the caller's signal is, or when the time is up. */
  signal: AbortSignal
  /** False: it must not be sent twice, not even on a connection that broke before an answer. The platform's `fetch` ignores it. */
  repeatable?: boolean
}

/**
 * A text, which is sent as UTF-8; bytes; or a stream of bytes, which is sent as it comes and therefore cannot be sent twice.
 * Forms and blobs are turned into bytes before they come here.
 */
export type FetchBody = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>

/** What `FetchLike` must answer; a subset of `Response`. The body is read once, in one of its three forms. */
export interface FetchResponse {
  /** The HTTP status. */
  readonly status: number
  readonly headers: FetchHeaders
  /** The body as it comes. Null, or empty, when there is none; cancelled when it is not wanted. */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null
  /** The whole body, decoded as UTF-8. */
  text(): Promise<string>
  /** The whole body. */
  arrayBuffer(): Promise<ArrayBuffer>
}

/** The headers of an answer; a subset of `Headers`. */
export interface FetchHeaders {
  /** Case-insensitive look-up; null when the header is absent. */
  get(name: string): string | null
  /** Calls back for each header, its name in lower case. A header that came several times may call back several times. */
  forEach(callback: (value: string, name: string) => void): void
}

/** One HTTP request. */
export interface HttpRequest {
  url: string
  /** The same request, as an error may name it. */
  target: RequestTarget
  headers: Record<string, string>
  body?: FetchBody | undefined
  /** Sending it twice is as good as once, so a lost answer may be asked for again. */
  repeatable: boolean
  /** What to say when it is answered with 401. */
  refusal: string
  /** Texts that no error may repeat, should the other end echo them. */
  secrets: readonly string[]
  /** How long the access token that it carries has been in use, in milliseconds; absent when it carries none. */
  accessTokenAgeMs?: number
}

/** One HTTP request, and what is to become of its answer. */
export interface HttpCall<T> extends HttpRequest {
  receive: Receive<T>
}

/**
 * Makes of an answer what the call wants of it, or the error that it stands for. Whatever it throws counts as an answer that
 * broke off. `mayHaveWorked`: the same request was sent before, and only its answer may have been lost.
 */
export type Receive<T> = (
  response: FetchResponse,
  attempt: { request: HttpRequest; mayHaveWorked: boolean },
) => Promise<T | PipedreamError>

/** The platform's `fetch`, looked up when it is called. */
export const platformFetch: FetchLike = (url, init) => fetch(url, init)

/** Sends a request. Throws what `fetch` throws, or the reason why `signal` is aborted already. */
export async function sendOnce(
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

/** The error of an answer that did not arrive, or not whole. */
export function networkError(target: RequestTarget, cause: unknown): PipedreamError {
  return new PipedreamError(
    'Pipedream could not be reached, or broke off its answer. Check the network and baseUrl.',
    { code: 'ERR_NETWORK', target, cause },
  )
}
