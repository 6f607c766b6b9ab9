import { isIP } from 'node:net'
import type { TrustedProxies } from '../config/trust-proxy.ts'
import { currentRequest } from '../observability/log.ts'
import { isSafeMethod, withCors } from './cross-origin.ts'
import type { RateLimits } from './rate-limits.ts'
import { pathTo } from './routes.ts'
import type { Peer } from './site.ts'
import { Refusal, TooManyRequests } from '../errors.ts'
import { refuse } from './responses.ts'
import { createTrustedPeers } from './trusted-peers.ts'

type Answer = (request: Request, peer: Peer) => Promise<Response>

/** The limits that apply to every route. */
export interface RequestLimits {
  rates: RateLimits
  body: BodyLimits
  /** The proxies in front whose `X-Forwarded-For` is used. */
  trustedProxies: TrustedProxies
}

export interface LimitRequestsOptions {
  limits: RequestLimits
  /** Origins of pages that may call this gateway, and read its errors. */
  allowedOrigins: readonly string[]
}

/** Applies the rate limit of the client address and the limits of the body, which is in memory afterwards. */
export function limitRequests(
  answer: Answer,
  { limits: { rates, body, trustedProxies }, allowedOrigins }: LimitRequestsOptions,
): Answer {
  const readForwardedFor = createForwardedForReader(trustedProxies)

  async function admit(request: Request, peer: Peer): Promise<Request> {
    if (!isSafeMethod(request.method)) await count(request, peer)
    return readBody(request, body)
  }

  async function count(request: Request, peer: Peer): Promise<void> {
    const address = clientAddress({
      ...peer,
      forwardedFor: readForwardedFor(request, peer),
      proxies: trustedProxies.hops,
    })
    const retryAfterMs = await rates.take('address', address)
    if (retryAfterMs !== undefined) throw new TooManyRequests(retryAfterMs)
  }

  /** Answers without the body, which no return needs. Counts the request only if there is no such flow. */
  async function answerReturn({ url, method, headers, signal }: Request, peer: Peer) {
    const request = new Request(url, { method, headers, signal })
    const response = await answer(request, peer)
    if (response.status !== 404) return response
    const refused = await count(request, peer).catch(refuse)
    return refused ? withCors(refused, request, allowedOrigins) : response
  }

  return async (request, peer) => {
    if (isReturn(request)) return answerReturn(request, peer)
    const admitted = await admit(request, peer).catch(refuse)
    if (admitted instanceof Response) return withCors(admitted, request, allowedOrigins)
    return answer(admitted, peer)
  }
}

// Any page can make a browser send safe methods, as often as it likes. The return from a hosted page must not fail, because
// it revokes flows that another browser finishes.
function isReturn({ method, url }: Request): boolean {
  return !isSafeMethod(method) && RETURN.test(new URL(url).pathname)
}

// Any other path that ends like this has no handler.
const RETURN = new RegExp(`${pathTo('', '/connect/finish/:flowSecret', '[^/]+')}/?$`)

/** Creates the function that reads `X-Forwarded-For`; null if the request has none, or not from a trusted proxy. */
function createForwardedForReader({ hops, peers }: TrustedProxies) {
  const isTrusted = createTrustedPeers(peers)
  let isWarned = false

  return ({ headers }: Request, { remoteAddress }: Peer): string | null => {
    const forwardedFor = headers.get('x-forwarded-for')
    if (isTrusted(remoteAddress)) return forwardedFor
    // Otherwise all users behind such a proxy would share one address, without a sign of why.
    if (hops > 0 && forwardedFor !== null && !isWarned) {
      isWarned = true
      currentRequest()?.log.warn(
        'X-Forwarded-For is ignored, because TRUST_PROXY does not name the address that it came from',
      )
    }
    return null
  }
}

interface Sender {
  remoteAddress: string | undefined
  /** `X-Forwarded-For`; several headers joined by commas. */
  forwardedFor: string | null
  /** Number of trusted proxies in front. Each adds the address that it received the request from. */
  proxies: number
}

/**
 * Returns the client's address, as the outermost trusted proxy saw it. Entries further left in the header come from the
 * client and are ignored. An IPv6 customer usually has a whole /64, so a /64 counts as one address.
 */
export function clientAddress({ remoteAddress, forwardedFor, proxies }: Sender): string {
  const hops = (forwardedFor ?? '').split(',').map((hop) => hop.trim())
  const seen = proxies > 0 ? hops.at(-proxies) : undefined
  return network(parseAddress(seen) ?? parseAddress(remoteAddress) ?? 'unknown')
}

// Some proxies add the port: 192.0.2.1:4711 or [2001:db8::1]:4711.
function parseAddress(text: string | undefined): string | undefined {
  const bare = text?.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  const plain = bare?.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  return plain !== undefined && isIP(plain) !== 0 ? plain : undefined
}

function network(address: string): string {
  if (isIP(address) !== 6) return address
  const groups = expand(address).slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

function expand(address: string): string[] {
  const [before = '', after] = address.replace(/\d+\.\d+\.\d+\.\d+$/, '0:0').split('::')
  const head = before.split(':').filter(Boolean)
  const tail = (after ?? '').split(':').filter(Boolean)
  return [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail]
}

/** How large a request's body may be, and how long it may take to arrive. */
export interface BodyLimits {
  bytes: number
  timeoutMs: number
}

class BodyTooLarge extends Refusal {
  readonly status = 413
  readonly headers = { connection: 'close' }
  constructor(bytes: number) {
    super(`Request body too large. The limit is ${bytes} bytes.`)
  }
}

class BodyTooSlow extends Refusal {
  readonly status = 408
  readonly headers = { connection: 'close' }
  constructor() {
    super('Request body took too long to arrive. Send the request again.')
  }
}

class BrokenBody extends Refusal {
  readonly status = 400
  readonly headers = { connection: 'close' }
  constructor(options: ErrorOptions) {
    super('Request body was incomplete, or didn’t match Content-Length.', options)
  }
}

/**
 * Returns the same request with its body in memory, so that reading it never waits. Throws a `Refusal` as soon as the body
 * is too large or too slow, and stops reading.
 */
export async function readBody(request: Request, limits: BodyLimits): Promise<Request> {
  if (!request.body) return request
  const declared = request.headers.get('content-length')
  if (declared !== null && !/^\d+$/.test(declared)) throw new BrokenBody({})
  if (Number(declared) > limits.bytes) throw new BodyTooLarge(limits.bytes)
  const body = await readWithin(request.body, limits)
  const { method, headers, signal } = request
  return new Request(request.url, { method, headers, signal, body })
}

async function readWithin(
  stream: ReadableStream<Uint8Array>,
  { bytes, timeoutMs }: BodyLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader()
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new BodyTooSlow()), timeoutMs)
  try {
    const chunks: Uint8Array[] = []
    let length = 0
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late.promise])
      if (done) return Buffer.concat(chunks)
      length += value.byteLength
      if (length > bytes) throw new BodyTooLarge(bytes)
      chunks.push(value)
    }
  } catch (error) {
    // Not awaited, because a stalled client would block it.
    reader.cancel().catch(() => {})
    throw error instanceof Refusal ? error : new BrokenBody({ cause: error })
  } finally {
    clearTimeout(timer)
  }
}
