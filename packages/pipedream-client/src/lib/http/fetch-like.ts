/**
 * The subset of `fetch` that this client uses, so that a keep-alive transport, an emulator or a test can replace it. Must
 * reject if no complete response arrives, must not send a request twice, and should stop when `signal` is aborted. The client
 * repeats a request itself, where that is safe.
 */
export type FetchLike = (url: string, init: FetchInit) => Promise<FetchResponse>

/** The second argument of `FetchLike`; a subset of `RequestInit`. */
export interface FetchInit {
  /** The HTTP method in upper case, such as `GET`. */
  method: string
  /** Header values by name. Names are in lower case. */
  headers: Record<string, string>
  /** Absent if there is no body. The headers contain its media type. */
  body?: FetchBody
  /** Set when the body is a stream, because `fetch` requires it then. */
  duplex?: 'half'
  /** Always `manual`: following a redirect could send the client secret to another host. */
  redirect: 'manual'
  /** Aborted when the caller's signal is aborted or the time is up. */
  signal: AbortSignal
}

/**
 * A string, sent as UTF-8; bytes; or a stream of bytes, which cannot be sent twice. The client converts forms and blobs to
 * bytes.
 */
export type FetchBody = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>

/** The response of `FetchLike`; a subset of `Response`. The body is read once, in one of its three forms. */
export interface FetchResponse {
  /** The HTTP status. */
  readonly status: number
  /** The response headers. */
  readonly headers: FetchHeaders
  /** The body as a stream; null or empty if absent. The client cancels it if it is not needed. */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null
  /** Resolves to the whole body, decoded as UTF-8. */
  text(): Promise<string>
  /** Resolves to the whole body. */
  arrayBuffer(): Promise<ArrayBuffer>
}

/** The headers of a response; a subset of `Headers`. */
export interface FetchHeaders {
  /** Returns the value of a header, or null if it is absent. Ignores the case of the name. */
  get(name: string): string | null
  /** Calls back for each header, with its name in lower case. A repeated header may cause several calls. */
  forEach(callback: (value: string, name: string) => void): void
}
