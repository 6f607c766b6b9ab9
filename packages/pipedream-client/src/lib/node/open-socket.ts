import { request as requestByHttp } from 'node:http'
import { request as requestByHttps } from 'node:https'
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectByTls } from 'node:tls'
import { proxyAuthorization } from './find-proxy.ts'
import type { Route } from './route.ts'

/** How sockets are opened. */
export interface OpenOptions {
  connectTimeoutMs: number
  ca: string[] | undefined
  sessions: TlsSessions
}

/** Opens a socket for a route, plain or with TLS, and resolves when it is ready for a request. */
export async function openSocket(route: Route, options: OpenOptions): Promise<Socket> {
  const { origin, proxy } = route
  const controller = new AbortController()
  const timer = setTimeout(() => {
    controller.abort(new Error(`No connection within ${options.connectTimeoutMs} ms.`))
  }, options.connectTimeoutMs)
  const attempt = { ...options, signal: controller.signal }
  try {
    if (proxy === undefined) return await openTo(origin, attempt)
    if (origin.protocol === 'http:') return await openTo(proxy, attempt)
    return await secure(origin, attempt, await openTunnel(origin, proxy, attempt))
  } finally {
    clearTimeout(timer)
  }
}

interface Attempt extends OpenOptions {
  signal: AbortSignal
}

async function openTo(url: URL, attempt: Attempt): Promise<Socket> {
  if (url.protocol === 'https:') return secure(url, attempt)
  const socket = connect({ host: hostOf(url), port: portOf(url), noDelay: true })
  return ready(socket, 'connect', attempt.signal)
}

/** Connects to an origin with TLS, directly or through a tunnel. */
async function secure(url: URL, attempt: Attempt, tunnel?: Socket): Promise<Socket> {
  const { ca, sessions, signal } = attempt
  const host = hostOf(url)
  const session = sessions.get(url.origin)
  const socket = connectByTls({
    host,
    port: portOf(url),
    ALPNProtocols: ['http/1.1'],
    // The certificate's name is checked in both cases, but an IP address must not be sent as server name (RFC 6066).
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === undefined ? {} : { ca }),
    ...(session === undefined ? {} : { session }),
    ...(tunnel === undefined ? {} : { socket: tunnel }),
  })
  socket.setNoDelay(true)
  socket.on('session', (fresh) => sessions.set(url.origin, fresh))
  try {
    return await ready(socket, 'secureConnect', signal)
  } catch (error) {
    sessions.delete(url.origin)
    tunnel?.destroy()
    throw error
  }
}

/** Asks a proxy for a tunnel to an https origin. */
function openTunnel(origin: URL, proxy: URL, { ca, signal }: Attempt): Promise<Socket> {
  const target = `${origin.hostname}:${portOf(origin)}`
  const send = proxy.protocol === 'https:' ? requestByHttps : requestByHttp
  return new Promise((resolve, reject) => {
    const request = send({
      method: 'CONNECT',
      host: hostOf(proxy),
      port: portOf(proxy),
      path: target,
      headers: ['host', target, ...proxyAuthorization(proxy)],
      agent: false,
      ...(ca === undefined ? {} : { ca }),
    })
    const stop = () => request.destroy(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    const done = () => signal.removeEventListener('abort', stop)
    request.on('connect', ({ statusCode = 0 }, socket: Socket) => {
      done()
      if (statusCode >= 200 && statusCode < 300) return resolve(socket)
      socket.destroy()
      reject(new Error(`The proxy did not open a tunnel (${statusCode}). Check HTTPS_PROXY.`))
    })
    // A proxy without CONNECT responds like any server.
    request.on('response', (response) => {
      response.destroy()
      reject(
        new Error(`The proxy did not open a tunnel (${response.statusCode}). Check HTTPS_PROXY.`),
      )
    })
    request.on('error', (error) => {
      done()
      reject(error)
    })
    request.end()
  })
}

function ready(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const stop = () => socket.destroy(signal.reason)
    const fail = (error: Error) => settle(() => reject(error))
    const close = () => fail(new Error('The server closed the connection immediately.'))
    const settle = (done: () => void) => {
      signal.removeEventListener('abort', stop)
      socket.off('error', fail)
      socket.off('close', close)
      done()
    }
    signal.addEventListener('abort', stop, { once: true })
    socket.once('error', fail)
    socket.once('close', close)
    socket.once(event, () => settle(() => resolve(socket)))
    if (signal.aborted) stop()
  })
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
}

/** TLS sessions by origin, which shorten the next handshake. */
export interface TlsSessions {
  get(origin: string): Buffer | undefined
  set(origin: string, session: Buffer): void
  delete(origin: string): void
}

const MOST_SESSIONS = 100

/** Keeps the sessions of the most recently used origins. */
export function createTlsSessions(): TlsSessions {
  const sessions = new Map<string, Buffer>()
  return {
    get: (origin) => sessions.get(origin),
    set(origin, session) {
      // A map preserves insertion order, so its first key is the oldest.
      sessions.delete(origin)
      sessions.set(origin, session)
      const [oldest] = sessions.keys()
      if (sessions.size > MOST_SESSIONS && oldest !== undefined) sessions.delete(oldest)
    },
    delete: (origin) => sessions.delete(origin),
  }
}
