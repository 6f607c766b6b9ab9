import { type CORSOptions, getCORSHeadersByRequestAndOptions } from '@whatwg-node/server'
import { sentence } from './responses.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether a page of another site may send it without asking, so that nothing may be changed by it. */
export function isSafeMethod(method: string): boolean {
  return SAFE_METHODS.has(method)
}

/**
 * Whether a request that may change something comes from a page that is not allowed to call us. Cookies travel
 * with requests that other sites' pages make; those requests say so in `Origin` and `Sec-Fetch-Site`.
 */
function isForbiddenCrossSite(request: Request, allowedOrigins: readonly string[]): boolean {
  if (isSafeMethod(request.method)) return false
  const origin = request.headers.get('origin')
  if (origin !== null) return !allowedOrigins.includes(origin)
  // Browsers send `Origin` with every POST; a request with neither header is no page's.
  const site = request.headers.get('sec-fetch-site')
  return site !== null && site !== 'same-origin' && site !== 'none'
}

/**
 * Whether the browser that makes a request stores a cookie that comes with the answer. Ours are `SameSite=Lax`: a page
 * of another site neither gets nor sends them, even where it may call us.
 */
export function keepsCookies(request: Request): boolean {
  return request.headers.get('sec-fetch-site') !== 'cross-site'
}

/** What a page of an allowed origin may do; a library's own list would answer a stranger with "null", which is the origin of a sandboxed frame. */
function corsFor(request: Request, allowedOrigins: readonly string[]): CORSOptions {
  const origin = request.headers.get('origin')
  if (origin === null || !allowedOrigins.includes(origin)) return false
  return {
    origin: [origin],
    credentials: true,
    methods: ['POST'],
    exposedHeaders: ['x-request-id', 'www-authenticate', 'retry-after'],
  }
}

/** Lets a page of an allowed origin read an answer. */
export function withCors(
  response: Response,
  request: Request,
  allowedOrigins: readonly string[],
): Response {
  const cors = getCORSHeadersByRequestAndOptions(request, corsFor(request, allowedOrigins))
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(cors ?? {})) headers.set(name, value)
  // Whoever asks: a cache must not give the answer for one page to another.
  headers.append('vary', 'origin')
  const { status, statusText } = response
  return new Response(response.body, { status, statusText, headers })
}

/** What is said to a request that makes no sense, or that a page which may not call us has sent; it costs nobody anything. */
export function turnAway(
  request: Request,
  allowedOrigins: readonly string[],
): Response | undefined {
  const url = URL.parse(request.url)
  // Nor of an address with a name or a password in it.
  if (!url || url.username || url.password) return sentence(400, 'This address makes no sense.')
  if (isForbiddenCrossSite(request, allowedOrigins)) return sentence(403, FORBIDDEN_PAGE)
  return undefined
}

const FORBIDDEN_PAGE = 'This page may not call us. If it should, add its origin to ALLOWED_ORIGINS.'
