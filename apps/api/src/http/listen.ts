import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server as HttpServer,
  ServerResponse,
} from 'node:http'
import { createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net'
import { getRequestListener, RequestError } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { sendStream } from '../live/send-stream.ts'
import { describeError } from '../observability/redact.ts'
import type { Server } from '../server.ts'
import { RETRY_SECONDS } from './admission.ts'
import { type Reply, writerOf } from './reply.ts'
import { hasProxyHeader } from './site.ts'

// Twice what the longest bearer token needs. Node.js's default of 16 KB is too small for a long one and a few cookies.
const HEADERS_MAX = 65_536

// The system drops what exceeds the backlog, health checks included, and clients try again only after 1, 3 and 7 seconds. It uses
// its own limit if that is lower.
const BACKLOG = 4096

// Node.js accepts one connection of a listener in each turn of its event loop. While it is busy, 2,000 new connections would take
// seconds, health checks among them. On Linux several listeners can share a port.
const LISTENERS = process.platform === 'linux' ? 16 : 1

export interface Listener {
  port: number
  /** Starts to serve requests; until then they wait. */
  serve(server: Server): void
  /** Stops listening, and closes connections once their request is done, or after `timeoutMs` (default: 0). */
  close(timeoutMs?: number): Promise<void>
}

/**
 * Binds a port, before the server is created, because the server needs its own URL: on both loopback addresses (browsers
 * try either for `localhost`), on every interface, or on one address. Throws an error that says what to do.
 */
export async function listen(
  port: number,
  where: 'loopback' | 'everywhere' | { host: string },
): Promise<Listener> {
  const ready = Promise.withResolvers<Server>()
  const streams = new Set<Socket>()
  const answer = adapt(ready.promise, streams)
  const servers: HttpServer[] = []
  const reservations: TcpServer[] = []
  const open = async (options: ListenOptions) => {
    const http = createHttpServer({ maxHeaderSize: HEADERS_MAX }, answer)
    await bind(http, options)
    servers.push(http)
    return http
  }
  const openAll = async (host: string | undefined, at: number) => {
    if (at === 0 || LISTENERS === 1) return portOf(await open({ host, port: at }))
    reservations.push(await reserve({ host, port: at }))
    for (let i = 0; i < LISTENERS; i += 1) await open({ host, port: at, reusePort: true })
    return at
  }
  const bound = await closeIfFailed([servers, reservations], async () => {
    const first = await openAll(typeof where === 'object' ? where.host : FIRST[where], port)
    if (where === 'loopback') await openAll('::1', first).catch(ignoreNoIpv6)
    return first
  })
  return {
    port: bound,
    serve: ready.resolve,
    async close(timeoutMs = 0) {
      const cut = setTimeout(() => {
        for (const stream of streams) stream.destroy()
        for (const http of servers) http.closeAllConnections()
      }, timeoutMs)
      await Promise.all(servers.map(closeHttp))
      clearTimeout(cut)
      for (const reservation of reservations) reservation.close()
    },
  }
}

const FIRST = { loopback: '127.0.0.1', everywhere: undefined }

interface ListenOptions {
  host: string | undefined
  port: number
  /** Whether other listeners may have the same port. */
  reusePort?: boolean
}

async function closeIfFailed<Result>(
  opened: readonly TcpServer[][],
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    for (const server of opened.flat()) server.close()
    throw error
  }
}

/**
 * Reserves a port that several listeners will share. Rejects if another program uses it, which they would not notice. Between this
 * check and them, another gateway could pass it too, so each keeps a name in Linux's abstract namespace until it ends.
 */
async function reserve(options: ListenOptions): Promise<TcpServer> {
  const reservation = createTcpServer((socket) => socket.destroy())
  await bind(reservation, options, `\0connected-accounts ${options.host ?? '*'} ${options.port}`)
  try {
    const only = createTcpServer()
    await bind(only, options)
    await new Promise((resolve) => only.close(resolve))
    return reservation
  } catch (error) {
    reservation.close()
    throw error
  }
}

/** Binds a server to an address, or to a path instead. */
function bind(server: TcpServer, options: ListenOptions, path?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, options)))
    server.listen(path === undefined ? { ...options, backlog: BACKLOG } : { path }, resolve)
  })
}

function ignoreNoIpv6(error: unknown): undefined {
  if (hasCode(error, 'EADDRNOTAVAIL') || hasCode(error, 'EAFNOSUPPORT')) return
  throw error
}

function portOf(http: HttpServer): number {
  const address = http.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** `streams` gets the connections of event streams, which the HTTP servers no longer know. */
function adapt(ready: Promise<Server>, streams: Set<Socket>): RequestListener {
  let server: Server | undefined
  void ready.then((it) => (server = it))
  const answer = getRequestListener(
    async (request, { incoming, outgoing }) => {
      const { remoteAddress } = incoming.socket
      const response = await (server ?? (await ready)).fetch(request, { remoteAddress, incoming })
      const writer = writerOf(response)
      if (!writer || !(outgoing instanceof ServerResponse)) return response
      sendStream(writer, response, { nodeResponse: outgoing, sockets: streams })
      return RESPONSE_ALREADY_SENT
    },
    { errorHandler: (error) => new Response(...replyTo(error)) },
  )

  return (req, res) => {
    if (!namesOneUrl(req)) return refuse(res)
    const refusal = server?.refuse({ path: pathOf(req), origin: req.headers.origin })
    if (refusal) return setImmediate(shed, refusal, req, res)
    // The listener rejects an empty port, which is valid, and a missing host.
    req.headers.host = req.headers.host?.replace(/:$/, '') ?? NO_HOST
    // `fetch` handles its own errors. This is a client that has disconnected.
    void answer(req, res).catch(() => res.destroy())
  }
}

// `fetch` handles its own errors, so this is a URL that the listener rejects, or a defect of ours.
function replyTo(error: unknown): [string, ResponseInit] {
  if (error instanceof RequestError) return [INVALID, { status: 400, headers: PLAIN }]
  console.error(describeError(error))
  return ['Something went wrong.\n', { status: 500, headers: PLAIN }]
}

const INVALID = 'Invalid URL.\n'
const PLAIN = { 'content-type': 'text/plain; charset=utf-8' }
const NO_HOST = 'unnamed.invalid'
const HOST = /^([\w.~-]+|\[[\d.:a-f]+\])(:\d*)?$/i

// The listener joins `Host` and the target of the request to a URL: in any other form, they could name another path than the
// one that a proxy has seen. Only HTTP/1.0 has requests without `Host`.
function namesOneUrl({ headersDistinct: { host }, url = '' }: IncomingMessage): boolean {
  const isHost = host === undefined || (host.length === 1 && HOST.test(host[0] ?? ''))
  return isHost && url.startsWith('/')
}

function refuse(res: ServerResponse): void {
  res.writeHead(400, PLAIN).end(INVALID)
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? ''
}

/**
 * Sends a refusal. A client that does not wait as long as it is told would make the refusals cost more than the work, so its
 * connection is not read meanwhile. The connection of a proxy carries other users too. Called once the body that came with the
 * headers is parsed.
 */
function shed({ status, headers, body }: Reply, req: IncomingMessage, res: ServerResponse): void {
  const { socket } = req
  // The rest of a body would have to be read, and not only be waited for.
  if (!req.complete) res.shouldKeepAlive = false
  else if (!hasProxyHeader(Object.keys(req.headers))) {
    res.once('close', () => {
      socket.pause()
      setTimeout(() => socket.resume(), RETRY_SECONDS * 1000).unref()
    })
  }
  res.writeHead(status, headers).end(body)
}

function listenError(error: unknown, { port, host }: ListenOptions): unknown {
  if (hasCode(error, 'EADDRINUSE')) {
    return new Error(
      `Port ${port} is in use. Stop the program that uses it, or set PORT to another port.`,
    )
  }
  if (hasCode(error, 'EACCES')) {
    return new Error(`No permission to use port ${port}. Set PORT to 1024 or above.`)
  }
  // No host means every interface, and the caller handles a missing `::1`.
  if (host === undefined || host === '::1') return error
  if (['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'].some((code) => hasCode(error, code))) {
    return new Error(
      `${host} is not an address of this machine. Set HOST to one of its addresses, or to 0.0.0.0 for all.`,
    )
  }
  if (hasCode(error, 'ENOTFOUND') || hasCode(error, 'EAI_AGAIN')) {
    return new Error(
      `The name ${host} could not be resolved. Set HOST to a name or an address of this machine.`,
    )
  }
  return error
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

async function closeHttp(http: HttpServer): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  // A kept-alive connection would delay the stop.
  http.on('request', (_request, response) => {
    response.shouldKeepAlive = false
  })
  http.close(() => resolve())
  // A connection becomes idle when its last request is done.
  const sweep = setInterval(() => http.closeIdleConnections(), SWEEP_MS)
  await promise
  clearInterval(sweep)
}

const SWEEP_MS = 50
