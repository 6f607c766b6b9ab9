import type { CallOptions } from './call-options.ts'
import { PipedreamAbortError, PipedreamError, type RequestTarget } from './errors.ts'
import type { FetchResponse } from './fetch-like.ts'
import { networkError } from './send-request.ts'
import { type Deadline, withDeadline } from './with-deadline.ts'

/**
 * A response whose body can be read once, in one of its forms. Read it or cancel `body`: an unread response occupies its
 * connection. Reading throws a `PipedreamError`: `ERR_NETWORK` if the body is interrupted, `ERR_ABORTED` after the call's
 * `signal` is aborted, and `ERR_INVALID_INPUT` if the body was read before. `text`, `bytes` and `json` are limited to
 * `timeoutMs`, like the call itself, and throw `ERR_TIMEOUT`; reading `body` has no time limit.
 */
export interface StreamedResponse {
  /** The HTTP status. */
  readonly status: number
  /** Whether the status is from 200 to 299. */
  readonly ok: boolean
  /** The response headers. */
  readonly headers: Headers
  /** The body as a stream; null if absent. */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null
  /** Resolves to the whole body, decoded as UTF-8. */
  text(): Promise<string>
  /** Resolves to the whole body. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>
  /** Resolves to the whole body, parsed as JSON. Throws `ERR_BAD_RESPONSE` if it is not JSON. */
  json(): Promise<unknown>
}

/** Limits for reading a body, which continues after the call itself has returned. */
export interface Reading {
  readonly limits: CallOptions & { timeoutMs: number }
  readonly target: RequestTarget
  /** Ends the request: `fetch` received its signal. */
  readonly request: AbortController
}

/** `withDeadline` for a call that returns a response whose body is read later. */
export async function withStreamingDeadline<T>(
  limits: Reading['limits'],
  target: RequestTarget,
  work: (deadline: Deadline, reading: Reading) => Promise<T>,
): Promise<T> {
  const request = new AbortController()
  return withDeadline(limits, target, (deadline) => {
    forward(deadline.signal, request)
    return work({ ...deadline, signal: request.signal }, { limits, target, request })
  })
}

/** Wraps a response so that its body is read within the caller's limits. */
export function streamResponse(response: FetchResponse, reading: Reading): StreamedResponse {
  let isRead = false
  const begin = () => {
    if (isRead) throw alreadyRead(reading.target)
    isRead = true
  }
  const whole = async <T>(read: () => Promise<T>): Promise<T> => {
    begin()
    return readWithin(reading, read)
  }
  const text = () => whole(() => response.text())
  const body = response.body === null ? null : lazyStream(response.body, { reading, begin })
  return {
    status: response.status,
    ok: response.status >= 200 && response.status < 300,
    headers: headersOf(response),
    body,
    text,
    bytes: async () => new Uint8Array(await whole(() => response.arrayBuffer())),
    json: async () => parseJson(await text(), reading.target),
  }
}

function readWithin<T>({ limits, target, request }: Reading, read: () => Promise<T>): Promise<T> {
  // After an abort between headers and body, the transport must close the connection although nothing is read.
  if (limits.signal?.aborted === true) request.abort(limits.signal.reason)
  return withDeadline(limits, target, async ({ signal }) => {
    forward(signal, request)
    try {
      return await read()
    } catch (cause) {
      if (signal.aborted) throw signal.reason
      throw networkError(target, cause)
    }
  })
}

function forward(signal: AbortSignal, request: AbortController): void {
  signal.addEventListener('abort', () => request.abort(signal.reason), { once: true })
}

type Bytes = Uint8Array<ArrayBuffer>

/** The same stream, started on its first read, that ends when the caller's signal is aborted. */
function lazyStream(
  source: ReadableStream<Bytes>,
  { reading, begin }: { reading: Reading; begin: () => void },
): ReadableStream<Bytes> {
  const { limits, target, request } = reading
  let reader: ReadableStreamDefaultReader<Bytes> | undefined
  const done = new AbortController()
  const start = (controller: ReadableStreamDefaultController<Bytes>) => {
    limits.signal?.throwIfAborted()
    begin()
    const abort = () => {
      const error = new PipedreamAbortError(limits.signal?.reason, target)
      controller.error(error)
      request.abort(error)
    }
    limits.signal?.addEventListener('abort', abort, { once: true, signal: done.signal })
    return source.getReader()
  }
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        try {
          reader ??= start(controller)
          const chunk = await reader.read()
          if (!chunk.done) return controller.enqueue(chunk.value)
          done.abort()
          controller.close()
        } catch (cause) {
          done.abort()
          throw readingError(reading, cause)
        }
      },
      async cancel(reason) {
        done.abort()
        await (reader ?? source).cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

function readingError({ limits: { signal }, target }: Reading, cause: unknown): PipedreamError {
  if (signal?.aborted === true) return new PipedreamAbortError(signal.reason, target)
  return cause instanceof PipedreamError ? cause : networkError(target, cause)
}

function alreadyRead(target: RequestTarget): PipedreamError {
  return new PipedreamError('The body of a response can be read only once, and was already read.', {
    code: 'ERR_INVALID_INPUT',
    target,
  })
}

function parseJson(text: string, target: RequestTarget): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not set as `cause`: V8's message for invalid JSON quotes the body.
    throw new PipedreamError('The body is not JSON. Read it as text() or bytes().', {
      code: 'ERR_BAD_RESPONSE',
      target,
    })
  }
}

function headersOf(response: FetchResponse): Headers {
  const headers = new Headers()
  response.headers.forEach((value, name) => {
    headers.append(name, value)
  })
  return headers
}
