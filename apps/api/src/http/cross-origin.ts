import { type CORSOptions, getCORSHeadersByRequestAndOptions } from '@whatwg-node/server'
import { appendHeader, type Reply, sentence } from './reply.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether pages of other sites can send the method without a preflight; such a request must not change anything. */
export function isSafeMethod(method: string): boolean {
  return SAFE_METHODS.has(method)
}

/**
 * Whether a request that may change something comes from a page whose origin is not allowed. Browsers send cookies with
 * requests of other sites too, but mark those requests with `Origin` and `Sec-Fetch-Site`.
 */
function isForbiddenCrossSite(request: Request, allowedOrigins: readonly string[]): boolean {
  if (isSafeMethod(request.method)) return false
  const origin = request.headers.get('origin')
  if (origin !== null) return !allowedOrigins.includes(origin)
  // Browsers send `Origin` with every POST, so a request with neither header does not come from a page.
  const site = request.headers.get('sec-fetch-site')
  return site !== null && site !== 'same-origin' && site !== 'none'
}

/**
 * Whether the browser stores a cookie that comes with the response. The gateway's cookies are `SameSite=Lax`: requests of
 * other sites' pages neither send nor store them, even if their origin is allowed.
 */
export function keepsCookies(request: Request): boolean {
  return request.headers.get('sec-fetch-site') !== 'cross-site'
}

/** CORS for allowed origins only: given a list, the library sends other origins "null", which is the origin of sandboxed frames. */
function corsFor(
  request: Request,
  allowedOrigins: readonly string[],
): Exclude<CORSOptions, false> | undefined {
  const origin = request.headers.get('origin')
  if (origin === null || !allowedOrigins.includes(origin)) return undefined
  return {
    origin: [origin],
    credentials: true,
    methods: ['POST'],
    exposedHeaders: ['x-request-id', 'www-authenticate', 'retry-after'],
  }
}

/** Lets pages of allowed origins read a reply. */
export function allowOrigins(
  reply: Reply,
  request: Request,
  allowedOrigins: readonly string[],
): void {
  const cors = corsFor(request, allowedOrigins)
  if (cors) {
    Object.assign(reply.headers, lowerCased(getCORSHeadersByRequestAndOptions(request, cors)))
  }
  // Always: a cache must not serve the response for one origin to another.
  appendHeader(reply, 'vary', 'origin')
}

function lowerCased(headers: Readonly<Record<string, string>> | null): Record<string, string> {
  const entries = Object.entries(headers ?? {})
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value]))
}

/** Rejects a request with a user name in its URL, or from a page whose origin is not allowed. Such requests do not count for rate limits. */
export function rejectInvalid(
  request: Request,
  url: URL | null,
  allowedOrigins: readonly string[],
): Reply | undefined {
  if (!url || url.username || url.password) return sentence(400, 'Invalid URL.')
  if (isForbiddenCrossSite(request, allowedOrigins)) return sentence(403, FORBIDDEN_PAGE)
  return undefined
}

const FORBIDDEN_PAGE = 'Origin not allowed. To allow it, add it to ALLOWED_ORIGINS.'
