import { appendQuery, type Query } from '../../http/build-url.ts'
import { type HeadersInput, refuseHeaders, writeHeaders } from '../../http/request-input.ts'

const PREFIX = 'x-pd-proxy-'

// Pipedream documents that it responds with 400 to these headers, and to all that start with `proxy-` or `sec-`.
const REFUSED: ReadonlySet<string> = new Set([
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'connection',
  'content-length',
  'cookie',
  'date',
  'dnt',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'permissions-policy',
  'referer',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
])

/** Returns the headers for the API behind the proxy, by their own names. Throws for headers that Pipedream does not forward. */
export function checkProxyHeaders(headers: HeadersInput | undefined): Record<string, string> {
  const pairs = Object.entries(writeHeaders(headers)).map(
    ([name, value]) => [name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name, value] as const,
  )
  for (const [name] of pairs) {
    if (REFUSED.has(name) || /^(?:proxy|sec)-/.test(name)) {
      refuseHeaders(`without \`${name}\`, which Pipedream does not forward`)
    }
  }
  return Object.fromEntries(pairs)
}

/**
 * Encodes headers for Pipedream. The body's media type is sent twice, for Pipedream and for the API behind it, as existing
 * programs do; Pipedream does not document that one of them is enough.
 */
export function writeProxyHeaders(
  headers: Record<string, string>,
  contentType: string | undefined,
): Record<string, string> {
  const named = contentType === undefined ? headers : { ...headers, 'content-type': contentType }
  const proxied = Object.entries(named).map(([name, value]) => [`${PREFIX}${name}`, value])
  return {
    ...Object.fromEntries(proxied),
    accept: '*/*',
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
  }
}

/** Encodes the target URL, with its query, as one path segment: base64url without padding, which needs no escaping. */
export function writeProxyTarget(url: string, query: Query = {}): string {
  const bytes = new TextEncoder().encode(appendQuery(url, query))
  const binary = Array.from(bytes, (byte) => String.fromCodePoint(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

export function writeProxyQuery(externalUserId: string, accountId: string): Query {
  return { external_user_id: externalUserId, account_id: accountId }
}

/** Whether an error's body has the format that Pipedream documents for its own errors: `{ "error": "a sentence" }`. */
export function isOwnRefusal(body: string): boolean {
  try {
    const response: unknown = JSON.parse(body)
    if (typeof response !== 'object' || response === null) return false
    const [entry, ...others] = Object.entries(response)
    return entry?.[0] === 'error' && typeof entry[1] === 'string' && others.length === 0
  } catch {
    return false
  }
}
