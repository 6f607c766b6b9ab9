import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { hasAllowedHost } from './allowed-hosts.ts'
import { findEndpointKey } from './endpoint-host.ts'
import { CONTROL_PATH, mayControl } from './control.ts'

interface Fetcher {
  fetch(request: Request): Promise<Response>
}

/** Larger request bodies get 413. */
const MAX_BODY_BYTES = 10 * 1024 * 1024
const UNREADABLE = 'Invalid request.'

interface ListenerOptions {
  /** The origin that the emulator listens on. */
  origin: string
  /** The origin where browsers reach the emulator. The endpoints of workflows and HTTP triggers are under its host. */
  publicUrl: string
  /** The host names that requests may use; null: any. */
  allowedHosts: ReadonlySet<string> | null
  /** Handles the control routes; null: they are disabled. */
  control: Fetcher['fetch'] | null
}

/** Adapts a `fetch` function to `node:http`. A client that disconnects aborts the request's signal. */
export function createRequestListener(target: Fetcher, options: ListenerOptions): RequestListener {
  return (incoming, outgoing) => {
    // The client disconnected, so there is no one to report to.
    incoming.on('error', () => undefined)
    outgoing.on('error', () => undefined)
    handle(target, options, { incoming, outgoing }).catch((error: unknown) => {
      if (isReset(error)) {
        resetConnection(incoming)
        return
      }
      if (!outgoing.headersSent) outgoing.writeHead(500)
      outgoing.end()
    })
  }
}

interface Exchange {
  incoming: IncomingMessage
  outgoing: ServerResponse
}

async function handle(
  target: Fetcher,
  { origin, publicUrl, allowedHosts, control }: ListenerOptions,
  { incoming, outgoing }: Exchange,
): Promise<void> {
  const endpoint = readEndpoint(incoming, { origin, publicUrl })
  if (endpoint === null && !hasAllowedHost(incoming, allowedHosts)) {
    return reject(outgoing, 421, misdirected(origin))
  }
  const aborted = new AbortController()
  outgoing.on('close', () => {
    if (!outgoing.writableFinished) aborted.abort()
  })
  const body = await readBody(incoming)
  if (body === 'too large') return reject(outgoing, 413, UNREADABLE)
  if (body === 'aborted') return
  const request = toRequest(incoming, {
    origin: endpoint ?? origin,
    body,
    signal: aborted.signal,
  })
  if (request === null) return reject(outgoing, 400, UNREADABLE)
  // The host of an endpoint serves that endpoint at every path, and neither the API nor the control routes.
  if (endpoint !== null || !isControl(request)) return send(outgoing, await target.fetch(request))
  if (control === null) return reject(outgoing, 404, 'The control routes are disabled.')
  if (!mayControl(incoming)) return reject(outgoing, 403, CONTROL_REJECTED)
  return send(outgoing, await control(request))
}

// Returns the origin of the endpoint that the Host header names, or null.
function readEndpoint(
  { headers }: IncomingMessage,
  { origin, publicUrl }: Pick<ListenerOptions, 'origin' | 'publicUrl'>,
): string | null {
  const host = /^([a-z0-9.-]+)(?::\d{1,5})?$/.exec(headers.host?.toLowerCase() ?? '')
  const isEndpoint = host !== null && findEndpointKey(host[1] ?? '', publicUrl) !== null
  return isEndpoint ? `${new URL(origin).protocol}//${host[0]}` : null
}

const CONTROL_REJECTED =
  'The control routes only serve programs on this machine that call localhost, and no website.'

function isControl({ url }: Request): boolean {
  const { pathname } = new URL(url)
  return pathname === CONTROL_PATH || pathname.startsWith(`${CONTROL_PATH}/`)
}

// With TLS the underlying socket cannot be reset.
function resetConnection({ socket }: IncomingMessage): void {
  if ('encrypted' in socket) socket.destroy()
  else socket.resetAndDestroy()
}

// Recognizes the rejection that a fault causes to reset the connection.
function isReset(error: unknown): boolean {
  const cause = error instanceof TypeError ? error.cause : undefined
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNRESET'
}

function misdirected(origin: string): string {
  return `Unknown host name. Use ${origin}, or set publicUrl to the URL that you use.`
}

function reject(outgoing: ServerResponse, status: number, error: string): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', connection: 'close' })
  outgoing.end(JSON.stringify({ error }))
}

async function readBody(
  incoming: IncomingMessage,
): Promise<Uint8Array<ArrayBuffer> | 'too large' | 'aborted'> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      if (!(chunk instanceof Uint8Array)) continue
      size += chunk.byteLength
      if (size > MAX_BODY_BYTES) return 'too large'
      chunks.push(chunk)
    }
  } catch {
    return 'aborted'
  }
  return Uint8Array.from(Buffer.concat(chunks))
}

interface RequestParts {
  origin: string
  body: Uint8Array<ArrayBuffer>
  signal: AbortSignal
}

// Returns null for requests that HTTP allows and `Request` does not: `OPTIONS *`, TRACE, an invalid host.
function toRequest(incoming: IncomingMessage, parts: RequestParts): Request | null {
  const { method = 'GET', url = '/' } = incoming
  // The origin is the emulator's own or a validated endpoint's, and never taken from the Host header alone: a path such
  // as `//x` must not turn into a host.
  if (!url.startsWith('/')) return null
  const headers = new Headers()
  try {
    for (const [name, values] of Object.entries(incoming.headersDistinct)) {
      for (const value of values ?? []) headers.append(name, value)
    }
    return new Request(parts.origin + url, {
      method,
      headers,
      body: method === 'GET' || method === 'HEAD' ? null : parts.body,
      signal: parts.signal,
    })
  } catch {
    return null
  }
}

async function send(outgoing: ServerResponse, response: Response): Promise<void> {
  const { bytes, whole } = await readResponse(response)
  if (outgoing.destroyed) return
  outgoing.writeHead(response.status, [...response.headers].flat())
  if (whole) outgoing.end(bytes)
  else outgoing.write(bytes, () => outgoing.destroy())
}

// A fault can fail the response stream. The bytes before the failure are sent, and then the connection closes.
async function readResponse({ body }: Response): Promise<{ bytes: Buffer; whole: boolean }> {
  const chunks: Uint8Array[] = []
  try {
    for await (const chunk of body ?? []) chunks.push(chunk)
    return { bytes: Buffer.concat(chunks), whole: true }
  } catch {
    return { bytes: Buffer.concat(chunks), whole: false }
  }
}
