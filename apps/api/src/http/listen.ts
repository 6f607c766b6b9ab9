import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server as HttpServer,
} from 'node:http'
import { createServerAdapter, sendNodeResponse } from '@whatwg-node/server'
import { sendStream } from '../live/send-stream.ts'
import { writerOf } from '../live/use-live-events.ts'
import type { Server } from '../server.ts'

// Twice what the longest bearer needs; Node's own 16 KB would cut off a long one beside a few cookies.
const HEADERS_MAX = 65_536

export interface Listener {
  port: number
  /** Begins to answer; until then requests wait. */
  serve(server: Server): void
  /** Stops listening, lets what is under way finish for so many milliseconds (default: none), and cuts what is open then. */
  close(timeoutMs?: number): Promise<void>
}

/**
 * Takes a port, so that our own URL is known before the server is made: on both loopback addresses, since browsers try
 * either for `localhost`, on every interface, or on one address. Throws a sentence when that cannot be done.
 */
export async function listen(
  port: number,
  where: 'loopback' | 'everywhere' | { host: string },
): Promise<Listener> {
  const ready = Promise.withResolvers<Server>()
  const answer = adapt(ready.promise)
  const open = async (host: string | undefined, at: number) => {
    const http = createHttpServer({ maxHeaderSize: HEADERS_MAX }, answer)
    await bind(http, host, at)
    return http
  }
  const first = await open(typeof where === 'object' ? where.host : FIRST[where], port)
  const bound = portOf(first)
  const second = where === 'loopback' ? await open('::1', bound).catch(ignoreNoIpv6) : undefined
  const servers = second ? [first, second] : [first]
  return {
    port: bound,
    serve: ready.resolve,
    close: async (timeoutMs = 0) =>
      void (await Promise.all(servers.map((http) => closeHttp(http, timeoutMs)))),
  }
}

const FIRST = { loopback: '127.0.0.1', everywhere: undefined }

function bind(http: HttpServer, host: string | undefined, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (error) => reject(listenError(error, port, host)))
    http.listen({ port, host }, resolve)
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

function adapt(ready: Promise<Server>): RequestListener {
  const adapter = createServerAdapter<{ req: IncomingMessage }>(async (request, { req }) => {
    const server = await ready
    return server.fetch(request, { remoteAddress: req.socket.remoteAddress })
  })

  async function answer(...[req, res]: Parameters<RequestListener>): Promise<void> {
    const response = await adapter.handleNodeRequestAndResponse(req, res, { req })
    const writer = writerOf(response)
    if (writer) sendStream(writer, response, res)
    else await sendNodeResponse(response, res, req, true)
  }

  // `fetch` answers for its own errors: this is a request that cannot even be read, or whose sender has gone.
  return (req, res) => void answer(req, res).catch(() => res.destroy())
}

function listenError(error: unknown, port: number, host: string | undefined): unknown {
  if (hasCode(error, 'EADDRINUSE')) {
    return new Error(`Port ${port} is taken. Stop what listens there, or set PORT to another port.`)
  }
  if (hasCode(error, 'EACCES')) {
    return new Error(`Port ${port} needs more rights than we have. Set PORT to 1024 or above.`)
  }
  // Without a host it is every interface, and its caller knows what to make of a missing `::1`.
  if (host === undefined || host === '::1') return error
  if (['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'].some((code) => hasCode(error, code))) {
    return new Error(
      `${host} is not an address of this machine. Set HOST to one that is, or to 0.0.0.0 for all of them.`,
    )
  }
  if (hasCode(error, 'ENOTFOUND') || hasCode(error, 'EAI_AGAIN')) {
    return new Error(
      `The name ${host} has no address. Set HOST to a name or an address of this machine.`,
    )
  }
  return error
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

async function closeHttp(http: HttpServer, timeoutMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  // Whoever keeps a connection for later requests would hold us up for as long as he likes.
  http.on('request', (_request, response) => {
    response.shouldKeepAlive = false
  })
  http.close(() => resolve())
  const cut = setTimeout(() => http.closeAllConnections(), timeoutMs)
  // A connection whose last request was under way becomes idle only now.
  const sweep = setInterval(() => http.closeIdleConnections(), SWEEP_MS)
  await promise
  clearTimeout(cut)
  clearInterval(sweep)
}

const SWEEP_MS = 50
