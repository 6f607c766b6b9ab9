import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http'
import type { FetchBody, FetchInit, FetchLike, FetchResponse } from '../http/fetch-like.ts'
import { createConnectionPool, type Connection, type ConnectionPool } from './connection-pool.ts'
import { headerOf, NodeResponse } from './node-response.ts'
import { createTlsSessions, openSocket } from './open-socket.ts'
import { createRouter, type Destination, type Route } from './route.ts'
import { type NodeTransportOptions, readTransportOptions } from './transport-options.ts'

/** A transport for the `fetch` option of `createPipedreamClient`. */
export interface NodeTransport extends FetchLike {
  /**
   * Closes idle connections now, and the others when their requests are complete. Later requests are rejected. Optional before
   * the process exits: idle connections do not keep it alive.
   */
  close(): void
}

/**
 * Creates a replacement for `fetch` on `node:http`, for servers that make many calls. It keeps connections open between
 * requests, limits their number, resumes TLS sessions, and reads proxies from the environment. It never follows redirects. It
 * requests gzip and decompresses it, unless the request sets `accept-encoding` itself.
 *
 * A GET, HEAD, OPTIONS or PUT that meets a connection which the server has just closed is resent once on a new one; no
 * other request is sent twice. Create one transport and share it. Throws a `PipedreamInputError` with the code
 * `ERR_CONFIGURATION` for an invalid option or proxy setting. Requires Node 20 or newer, Bun or Deno.
 */
export function createNodeTransport(options: NodeTransportOptions = {}): NodeTransport {
  const config = readTransportOptions(options)
  const findRoute = createRouter(config.findProxy)
  const sessions = createTlsSessions()
  const pools = new Map<string, ConnectionPool>()
  let isClosed = false

  function poolOf(route: Route): ConnectionPool {
    const known = pools.get(route.key)
    if (known !== undefined) return known
    const pool = createConnectionPool({
      open: () => openSocket(route, { ...config, sessions }),
      maxSockets: config.maxSockets,
      keepAliveMs: config.keepAliveMs,
      onEmpty: () => pools.delete(route.key),
    })
    pools.set(route.key, pool)
    return pool
  }

  async function send(url: string, init: FetchInit): Promise<FetchResponse> {
    init.signal.throwIfAborted()
    if (isClosed) throw new Error('This transport is closed. Create a new one.')
    const destination = findRoute(url)
    // Looked up each time: an empty pool is replaced.
    const acquireConnection = (isFresh: boolean) =>
      poolOf(destination.route).acquire(init.signal, isFresh)
    return exchange(acquireConnection, destination, init)
  }

  return Object.assign(send, {
    close() {
      isClosed = true
      for (const pool of pools.values()) pool.close()
    },
  })
}

// Methods that are always safe to resend. DELETE is not one of them: a second one may return 404 although the first succeeded,
// which only the client can interpret.
const RESENDABLE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT'])

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

// Methods that need no content-length without a body.
const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'])

/** Acquires a connection; `isFresh` requires a new one. */
type AcquireConnection = (isFresh: boolean) => Connection | Promise<Connection>

/** Sends a request over a connection, and resolves when the response headers arrive. */
async function exchange(
  acquireConnection: AcquireConnection,
  destination: Destination,
  init: FetchInit,
): Promise<FetchResponse> {
  const connection = await acquireConnection(false)
  try {
    return await exchangeOn(connection, destination, init)
  } catch (error) {
    if (!isStale(connection, init, error)) throw error
    return exchangeOn(await acquireConnection(true), destination, init)
  }
}

// A server may close an idle connection at the moment when a request is sent on it.
function isStale(
  connection: Connection,
  { method, body, signal, repeatable }: FetchInit,
  error: unknown,
): boolean {
  const canResend =
    repeatable !== false && RESENDABLE.has(method) && !(body instanceof ReadableStream)
  const isReset = error instanceof Error && 'code' in error && RESETS.has(error.code)
  return canResend && isReset && connection.uses > 1 && !connection.hasReceived && !signal.aborted
}

const RESETS: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE'])

function exchangeOn(
  connection: Connection,
  destination: Destination,
  init: FetchInit,
): Promise<FetchResponse> {
  const { method, signal, body } = init
  return new Promise((resolve, reject) => {
    const request = openRequest(connection, destination, init)
    const stop = () => request.destroy(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    let hasResponse = false
    request.on('error', reject)
    request.on('close', () => {
      signal.removeEventListener('abort', stop)
      // Node emits no error for an unexpected protocol upgrade.
      if (!hasResponse) reject(new Error('The server closed the connection without a response.'))
    })
    request.on('response', (message) => {
      hasResponse = true
      if (connection.uses === 1) learnKeepAlive(connection, message)
      resolve(new NodeResponse(message, { method, signal, undoGzip: asksForGzip(init) }))
    })
    sendBody(request, body)
  })
}

function openRequest(
  connection: Connection,
  { route, path }: Destination,
  init: FetchInit,
): ClientRequest {
  try {
    init.signal.throwIfAborted()
    return httpRequest({
      agent: connection.agent,
      method: init.method,
      path: route.pathPrefix + path,
      headers: writeHeaders(route, init),
    })
  } catch (error) {
    // The signal is aborted, or Node rejected a header. The connection is unused and intact.
    connection.release()
    throw error
  }
}

/** A flat list, which Node writes unchanged. */
function writeHeaders(route: Route, init: FetchInit): string[] {
  const list = [...route.headers]
  for (const name in init.headers) {
    if (!OWN_HEADERS.has(name)) list.push(name, init.headers[name] ?? '')
  }
  if (asksForGzip(init)) list.push('accept-encoding', 'gzip')
  const { body } = init
  if (typeof body === 'string') list.push('content-length', `${Buffer.byteLength(body)}`)
  else if (body instanceof Uint8Array) list.push('content-length', `${body.byteLength}`)
  else if (body !== undefined) list.push('transfer-encoding', 'chunked')
  else if (!BODILESS.has(init.method)) list.push('content-length', '0')
  return list
}

function asksForGzip({ headers }: FetchInit): boolean {
  return headers['accept-encoding'] === undefined
}

function sendBody(request: ClientRequest, body: FetchBody | undefined): void {
  if (body instanceof ReadableStream) sendStream(request, body)
  else request.end(body)
}

// A failed stream aborts the request, and the end of the request cancels the stream.
function sendStream(request: ClientRequest, body: ReadableStream<Uint8Array>): void {
  const reader = body.getReader()
  request.on('close', () => {
    reader.cancel().catch(() => {})
  })
  request.on('response', (message) => {
    // The server has responded in full and ignores the rest of the body.
    message.on('end', () => {
      if (!request.writableFinished) request.destroy()
    })
  })
  pump(reader, request).catch((error: Error) => request.destroy(error))
}

async function pump(reader: ReadableStreamDefaultReader<Uint8Array>, request: ClientRequest) {
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const hasRoom = request.write(part.value)
    if (!hasRoom) await once(request, 'drain')
  }
  request.end()
}

// `Keep-Alive: timeout=5` is when the server closes the connection. The second less allows for latency.
function learnKeepAlive(connection: Connection, { rawHeaders }: IncomingMessage): void {
  const seconds = /\btimeout=(\d{1,6})\b/.exec(headerOf(rawHeaders, 'keep-alive') ?? '')?.[1]
  if (seconds === undefined) return
  connection.keepAlive(Math.min(connection.keepAliveMs, Math.max(0, Number(seconds) - 1) * 1000))
}
