import type { CallOptions } from './call-options.ts'
import { PipedreamAbortError, PipedreamError, type RequestTarget } from './errors.ts'
import type { FetchResponse } from './fetch-like.ts'
import { networkError } from './send-request.ts'
import { type Deadline, withDeadline } from './with-deadline.ts'

/**
 * A response whose body is yet to be read: once, in one of its forms. Read it, or cancel `body`: a response that is left lying
 * holds its connection. Reading throws a `PipedreamError`: `ERR_NETWORK` when the body breaks off, `ERR_ABORTED` once the
 * call's `signal` is aborted, and `ERR_INVALID_INPUT` when it was read before. `text`, `bytes` and `json` take `timeoutMs` at
 * most, like the call itself, or throw `ERR_TIMEOUT`; how long `body` takes is up to whoever reads it.
 */
export interface StreamedResponse {
  /** The HTTP status. */
  readonly status: number
  /** Whether the status is 200 to 299. */
  readonly ok: boolean
  readonly headers: Headers
  /** The body as it comes; null when there is none. */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null
  /** The whole body, decoded as UTF-8. */
  text(): Promise<string>
  /** The whole body. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>
  /** The whole body, parsed as JSON; throws `ERR_BAD_RESPONSE` when it is none. */
  json(): Promise<unknown>
}

/** What bounds the reading of a body, which goes on after the call itself is done. */
export interface Reading {
  readonly limits: CallOptions & { timeoutMs: number }
  readonly target: RequestTarget
  /** Ends the request, wherever it is: its signal is the one that `fetch` was given. */
  readonly request: AbortController
}

/** `withDeadline` for a call that gives back a response whose body is read later. */
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

/** Opens a response, so that its body is read within the caller's limits. */
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
  // An abort between headers and body: whoever holds the socket has to hear of it, though nothing is read any more.
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

/** The same stream, touched when it is first read from, that ends when the caller's signal says so. */
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
  return new PipedreamError('The body of a response can be read once, and it was read before.', {
    code: 'ERR_INVALID_INPUT',
    target,
  })
}

function parseJson(text: string, target: RequestTarget): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not kept as `cause`: what V8 says of bad JSON quotes the body.
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
