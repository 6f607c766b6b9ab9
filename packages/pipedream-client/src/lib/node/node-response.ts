import type { IncomingHttpHeaders } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FetchHeaders, FetchResponse } from '../http/fetch-like.ts'
import { type ResponseBody, tooLarge } from './response-body.ts'

interface ResponseOptions {
  status: number
  headers: IncomingHttpHeaders
  /** Undefined if the response has no body. */
  body: ResponseBody | undefined
  /** Whether the transport requested gzip, so that it must decompress it. */
  undoGzip: boolean
  maxBodyBytes: number
}

type Bytes = Uint8Array<ArrayBuffer>

/** A response whose headers have arrived. */
export class NodeResponse implements FetchResponse {
  readonly status: number
  readonly headers: FetchHeaders
  readonly #body: ResponseBody | undefined
  readonly #isGzip: boolean
  readonly #maxBodyBytes: number
  #stream: FetchResponse['body'] = null

  constructor({ status, headers, body, undoGzip, maxBodyBytes }: ResponseOptions) {
    this.status = status
    this.headers = new NodeHeaders(headers)
    this.#body = body
    this.#isGzip = undoGzip && /^(?:x-)?gzip$/i.test(headers['content-encoding'] ?? '')
    this.#maxBodyBytes = maxBodyBytes
  }

  get body(): FetchResponse['body'] {
    if (this.#body !== undefined) this.#stream ??= lazyStream(() => this.#open())
    return this.#stream
  }

  async text(): Promise<string> {
    const bytes = await this.#read()
    // Node keeps a byte order mark, which JSON must not start with.
    const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
    return bytes.toString('utf8', hasMark ? 3 : 0)
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const { buffer, byteOffset, byteLength } = await this.#read()
    return buffer.slice(byteOffset, byteOffset + byteLength)
  }

  async #read(): Promise<Buffer<ArrayBuffer>> {
    if (this.#body === undefined) return Buffer.alloc(0)
    this.#body.take()
    const bytes = await this.#body.readAll(this.#maxBodyBytes)
    return this.#isGzip && bytes.byteLength > 0 ? unzip(bytes, this.#maxBodyBytes) : bytes
  }

  #open(): ReadableStream<Bytes> {
    if (this.#body === undefined) throw new TypeError('The response has no body.')
    this.#body.take()
    const stream = this.#body.stream()
    return this.#isGzip ? stream.pipeThrough(new DecompressionStream('gzip')) : stream
  }
}

/** Headers by their names in lower case. A repeated header is a list. */
class NodeHeaders implements FetchHeaders {
  readonly #values: IncomingHttpHeaders

  constructor(values: IncomingHttpHeaders) {
    this.#values = values
  }

  get(name: string): string | null {
    const key = name.toLowerCase()
    return Object.hasOwn(this.#values, key) ? joined(this.#values[key]) : null
  }

  forEach(callback: (value: string, name: string) => void): void {
    for (const [name, value] of Object.entries(this.#values)) {
      for (const one of Array.isArray(value) ? value : [value ?? '']) callback(one, name)
    }
  }
}

function joined(value: string | string[] = ''): string {
  return typeof value === 'string' ? value : value.join(', ')
}

const unzipAll = promisify(gunzip)

async function unzip(bytes: Bytes, most: number): Promise<Buffer<ArrayBuffer>> {
  try {
    return await unzipAll(bytes, { maxOutputLength: most })
  } catch (error) {
    const isTooLarge = error instanceof RangeError
    throw isTooLarge ? tooLarge(most) : error
  }
}

/** A stream that is opened by its first read, so that a caller who ignores it can still read the whole body. */
function lazyStream(open: () => ReadableStream<Bytes>): ReadableStream<Bytes> {
  let reader: ReadableStreamDefaultReader<Bytes> | undefined
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        reader ??= open().getReader()
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => (reader ?? open()).cancel(reason),
    },
    { highWaterMark: 0 },
  )
}
