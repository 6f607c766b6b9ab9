import type { IncomingMessage } from 'node:http'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { FetchHeaders, FetchResponse } from '../http/fetch-like.ts'

interface ResponseOptions {
  /** Method of the request. */
  method: string
  /** Signal of the request. */
  signal: AbortSignal
  /** Whether to decompress gzip, because the transport requested it. */
  undoGzip: boolean
}

/** A response whose headers have arrived, and whose body is read once, on demand. */
export class NodeResponse implements FetchResponse {
  readonly status: number
  readonly #message: IncomingMessage
  readonly #options: ResponseOptions
  readonly #isEmpty: boolean
  #isTaken = false
  #stream: FetchResponse['body'] = null

  constructor(message: IncomingMessage, options: ResponseOptions) {
    this.status = message.statusCode ?? 0
    this.#message = message
    this.#options = options
    this.#isEmpty = options.method === 'HEAD' || this.status === 204 || this.status === 304
    // Without a body, the connection is released immediately.
    if (this.#isEmpty) message.resume()
  }

  get headers(): FetchHeaders {
    return headersOf(this.#message.rawHeaders)
  }

  get body(): FetchResponse['body'] {
    if (!this.#isEmpty) this.#stream ??= streamOf(() => this.#take(), this.#options.signal)
    return this.#stream
  }

  async text(): Promise<string> {
    return decode(await readAll(this.#take(), this.#options.signal))
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const bytes = await readAll(this.#take(), this.#options.signal)
    const { buffer, byteOffset, byteLength } = bytes
    return buffer.slice(byteOffset, byteOffset + byteLength)
  }

  #take(): Readable {
    if (this.#isTaken) throw new TypeError('The body of a response can be read only once.')
    this.#isTaken = true
    return this.#options.undoGzip && !this.#isEmpty ? unzipped(this.#message) : this.#message
  }
}

/** The value of a header, or null if it is absent. Joins repeated headers like `Headers`. `name` is in lower case. */
export function headerOf(rawHeaders: readonly string[], name: string): string | null {
  let found: string | null = null
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const candidate = rawHeaders[at] ?? ''
    if (candidate.length === name.length && candidate.toLowerCase() === name) {
      const value = rawHeaders[at + 1] ?? ''
      found = found === null ? value : `${found}, ${value}`
    }
  }
  return found
}

function headersOf(rawHeaders: readonly string[]): FetchHeaders {
  return {
    get: (name) => headerOf(rawHeaders, name.toLowerCase()),
    forEach(callback) {
      for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
        callback(rawHeaders[at + 1] ?? '', (rawHeaders[at] ?? '').toLowerCase())
      }
    },
  }
}

function unzipped(message: IncomingMessage): Readable {
  const encoding = headerOf(message.rawHeaders, 'content-encoding')?.toLowerCase()
  if (encoding !== 'gzip' && encoding !== 'x-gzip') return message
  // Errors of either side are emitted by the returned stream.
  return pipeline(message, createGunzip(), () => {})
}

type Bytes = Buffer<ArrayBuffer>

function readAll(source: Readable, signal: AbortSignal): Promise<Bytes> {
  return new Promise((resolve, reject) => {
    const chunks: Bytes[] = []
    listen(source, signal, {
      chunk: (chunk) => chunks.push(chunk),
      end: () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
      fail: reject,
    })
  })
}

// Starts on the first read, so that a caller who ignores the stream can still read the whole body.
function streamOf(take: () => Readable, signal: AbortSignal): ReadableStream<Bytes> {
  let source: Readable | undefined
  let isCancelled = false
  const begin = (controller: ReadableStreamDefaultController<Bytes>) => {
    const started = take()
    source = started
    listen(started, signal, {
      chunk(chunk) {
        if (isCancelled) return
        controller.enqueue(chunk)
        if ((controller.desiredSize ?? 0) <= 0) started.pause()
      },
      end: () => isCancelled || controller.close(),
      fail: (error) => controller.error(error),
    })
  }
  return new ReadableStream<Bytes>(
    {
      pull(controller) {
        if (source === undefined) begin(controller)
        else source.resume()
      },
      cancel() {
        isCancelled = true
        ;(source ?? take()).destroy()
      },
    },
    { highWaterMark: 0 },
  )
}

interface Listener {
  chunk: (chunk: Bytes) => void
  end: () => void
  fail: (error: unknown) => void
}

function listen(source: Readable, signal: AbortSignal, { chunk, end, fail }: Listener): void {
  const failed = (error: unknown) => fail(signal.aborted ? signal.reason : error)
  if (source.readableEnded) return end()
  // The response may have failed before the body was read.
  if (source.destroyed) return failed(source.errored ?? new Error('The response was interrupted.'))
  source.on('data', chunk)
  source.on('end', end)
  source.on('error', failed)
}

// Node keeps a byte order mark, which JSON must not start with.
function decode(bytes: Buffer): string {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  return bytes.toString('utf8', hasMark ? 3 : 0)
}
