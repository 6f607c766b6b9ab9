import { appendQuery, type Query } from '../../http/build-url.ts'
import { type HeadersInput, refuseHeaders, writeHeaders } from '../../http/request-input.ts'

const PREFIX = 'x-pd-proxy-'

// Pipedream documents that it answers 400 to these, and to whatever begins with `proxy-` or `sec-`.
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

/** The headers that are meant for the API behind the proxy, by their own names; those that Pipedream does not pass on are refused. */
export function checkProxyHeaders(headers: HeadersInput | undefined): Record<string, string> {
  const pairs = Object.entries(writeHeaders(headers)).map(
    ([name, value]) => [name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name, value] as const,
  )
  for (const [name] of pairs) {
    if (REFUSED.has(name) || /^(?:proxy|sec)-/.test(name)) {
      refuseHeaders(`without \`${name}\`, which Pipedream does not pass on`)
    }
  }
  return Object.fromEntries(pairs)
}

/**
 * The same headers as Pipedream wants them. The body's media type goes twice: once for Pipedream, and once for the API behind
 * it, as programs in the wild do; that either alone is enough is not documented.
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

/** The target, with its query, as one segment of a path: base64url without padding, which no two alphabets disagree about. */
export function writeProxyTarget(url: string, query: Query = {}): string {
  const bytes = new TextEncoder().encode(appendQuery(url, query))
  const binary = Array.from(bytes, (byte) => String.fromCodePoint(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

export function writeProxyQuery(externalUserId: string, accountId: string): Query {
  return { external_user_id: externalUserId, account_id: accountId }
}

/** Whether the body of a failure has the one form in which Pipedream documents its own: `{ "error": "a sentence" }`. */
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
