import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import type { Dispatcher } from 'undici'
import type { FetchBody, FetchInit, FetchResponse } from '../http/fetch-like.ts'
import { NodeResponse } from './node-response.ts'
import type { Destination } from './origins.ts'
import { ResponseBody } from './response-body.ts'

/** Sends a request once, and resolves when the response headers arrive. */
export function exchange(
  { origin, path }: Destination,
  init: FetchInit,
  maxBodyBytes: number,
): Promise<FetchResponse> {
  return new Promise((resolve, reject) => {
    const body = toNode(init.body)
    const handler = new ExchangeHandler(init, {
      maxBodyBytes,
      resolve,
      reject,
      onEnd() {
        origin.requests -= 1
        if (body instanceof Readable) body.destroy()
      },
    })
    origin.requests += 1
    origin.dispatcher.dispatch(
      {
        origin: origin.origin,
        path,
        method: init.method,
        headers: writeHeaders(init),
        body,
      },
      handler,
    )
  })
}

function toNode(body: FetchBody | undefined): string | Uint8Array | Readable | null {
  if (typeof body === 'string' || body instanceof Uint8Array) return body
  return isNodeStream(body) ? Readable.fromWeb(body) : null
}

// The types of Node and of the DOM describe the same class differently.
function isNodeStream(body: unknown): body is NodeStream {
  return body instanceof ReadableStream
}

// Headers about the connection, which only the transport sets.
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** A flat list of names and values. */
function writeHeaders({ headers }: FetchInit): string[] {
  const list: string[] = []
  for (const name in headers) {
    if (!OWN_HEADERS.has(name)) list.push(name, headers[name] ?? '')
  }
  if (asksForGzip(headers)) list.push('accept-encoding', 'gzip')
  return list
}

function asksForGzip(headers: FetchInit['headers']): boolean {
  return headers['accept-encoding'] === undefined
}

interface ExchangeEvents {
  maxBodyBytes: number
  resolve: (response: FetchResponse) => void
  reject: (reason: unknown) => void
  /** Called once, when undici is done with the request. */
  onEnd: () => void
}

/** What undici calls for one request. */
class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #init: FetchInit
  readonly #events: ExchangeEvents
  readonly #abort = () => this.#stop()
  #controller: Dispatcher.DispatchController | undefined
  #body: ResponseBody | undefined
  #isOver = false

  constructor(init: FetchInit, events: ExchangeEvents) {
    this.#init = init
    this.#events = events
    init.signal.addEventListener('abort', this.#abort, { once: true })
  }

  // Undici has not written anything yet, and does not if the request is aborted here.
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    const { signal } = this.#init
    if (signal.aborted) controller.abort(signal.reason)
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    // An interim response, such as 103.
    if (status < 200) return
    const { method, headers: sent } = this.#init
    const isEmpty = method === 'HEAD' || status === 204 || status === 304
    if (!isEmpty) this.#body = new ResponseBody(controller)
    this.#events.resolve(
      new NodeResponse({
        status,
        headers,
        body: this.#body,
        undoGzip: asksForGzip(sent),
        maxBodyBytes: this.#events.maxBodyBytes,
      }),
    )
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer<ArrayBuffer>): void {
    this.#body?.push(chunk)
  }

  onResponseEnd(): void {
    this.#body?.end({})
    this.#finish()
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#fail(error)
    this.#finish()
  }

  // A request that waits for a connection is rejected now, and dropped by undici when it is its turn.
  #stop(): void {
    const { reason } = this.#init.signal
    this.#fail(reason)
    this.#controller?.abort(reason)
  }

  #fail(error: unknown): void {
    this.#body?.end({ error })
    this.#events.reject(error)
  }

  #finish(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#init.signal.removeEventListener('abort', this.#abort)
    this.#events.onEnd()
  }
}
