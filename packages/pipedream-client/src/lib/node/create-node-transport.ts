import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http'
import type { FetchBody, FetchInit, FetchLike, FetchResponse } from '../http/fetch-like.ts'
import { createSocketPool, type Connection, type SocketPool } from './connection-pool.ts'
import { headerOf, NodeResponse } from './node-response.ts'
import { createTlsSessions, openSocket } from './open-socket.ts'
import { createRouter, type Destination, type Route } from './route.ts'
import { type NodeTransportOptions, readTransportOptions } from './transport-options.ts'

/** For the `fetch` option of `createPipedreamClient`. */
export interface NodeTransport extends FetchLike {
  /**
   * Closes the sockets that are free at once, and the others when their requests are done; later requests are refused.
   * A process can end without it: sockets that are free do not keep it alive.
   */
  close(): void
}

/**
 * A lean stand-in for `fetch` on `node:http`, for servers that make many calls: sockets stay open from one request to the next,
 * their number is bounded, TLS sessions are resumed, and proxies are taken from the environment. Redirects are never followed.
 * It asks for gzip, unless the request has an `accept-encoding` of its own, and undoes it.
 *
 * A GET, HEAD, OPTIONS or PUT that meets a socket which the server has just closed is sent again, once, on a new one; nothing
 * else is ever sent twice. Make one and share it. Throws `ERR_CONFIGURATION` for a wrong option or proxy setting.
 * It runs on Node 20 and newer, Bun and Deno.
 */
export function createNodeTransport(options: NodeTransportOptions = {}): NodeTransport {
  const config = readTransportOptions(options)
  const findRoute = createRouter(config.findProxy)
  const sessions = createTlsSessions()
  const pools = new Map<string, SocketPool>()
  let isClosed = false

  function poolOf(route: Route): SocketPool {
    const known = pools.get(route.key)
    if (known !== undefined) return known
    const pool = createSocketPool({
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
    if (isClosed) throw new Error('This transport was closed. Make a new one.')
    const destination = findRoute(url)
    // Looked up each time: a pool that has become empty is replaced.
    const takeConnection = (isFresh: boolean) =>
      poolOf(destination.route).take(init.signal, isFresh)
    return exchange(takeConnection, destination, init)
  }

  return Object.assign(send, {
    close() {
      isClosed = true
      for (const pool of pools.values()) pool.close()
    },
  })
}

// Methods that can be sent again without a second thought. DELETE is not among them: a second one may find nothing
// and be told so, although the first did its work; the client knows how to read that.
const RESENDABLE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT'])

// What describes the connection, not the request, is for the transport to say.
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

// Without a body, these need not say so.
const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'])

/** Lends a lane; `isFresh`: one that carried nothing yet. */
type TakeConnection = (isFresh: boolean) => Connection | Promise<Connection>

/** Sends a request over a lane and gives back its response as soon as its headers are there. */
async function exchange(
  takeConnection: TakeConnection,
  destination: Destination,
  init: FetchInit,
): Promise<FetchResponse> {
  const connection = await takeConnection(false)
  try {
    return await exchangeOn(connection, destination, init)
  } catch (error) {
    if (!isStale(connection, init, error)) throw error
    return exchangeOn(await takeConnection(true), destination, init)
  }
}

// A server closes a socket that was unused for long at the very moment at which a request leaves for it.
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
      // Node tells no error of an upgrade that nobody asked for.
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
    // Aborted just now, or Node found a header that cannot be sent: the socket is as good as before.
    connection.release()
    throw error
  }
}

/** A flat list, which Node writes as it is. */
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

// A stream that fails takes the request with it, and a request that is over cancels the stream.
function sendStream(request: ClientRequest, body: ReadableStream<Uint8Array>): void {
  const reader = body.getReader()
  request.on('close', () => {
    reader.cancel().catch(() => {})
  })
  request.on('response', (message) => {
    // The server has answered in full and wants no more of the body.
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

// `Keep-Alive: timeout=5` is when the server closes. A second less, for the way there.
function learnKeepAlive(connection: Connection, { rawHeaders }: IncomingMessage): void {
  const seconds = /\btimeout=(\d{1,6})\b/.exec(headerOf(rawHeaders, 'keep-alive') ?? '')?.[1]
  if (seconds === undefined) return
  connection.keepAlive(Math.min(connection.keepAliveMs, Math.max(0, Number(seconds) - 1) * 1000))
}
