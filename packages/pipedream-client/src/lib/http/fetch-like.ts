/**
 * The part of `fetch` that this client uses, so that a keep-alive transport, an emulator or a test can stand in for it.
 * It must reject when no whole response arrives, and should stop when `signal` is aborted.
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
  /** False: it must not be sent twice, not even on a connection that broke before a response. The platform's `fetch` ignores it. */
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

/** The headers of a response; a subset of `Headers`. */
export interface FetchHeaders {
  /** Case-insensitive look-up; null when the header is absent. */
  get(name: string): string | null
  /** Calls back for each header, its name in lower case. A header that came several times may call back several times. */
  forEach(callback: (value: string, name: string) => void): void
}
