import { wireError } from '../wire/errors.ts'

const PREFIX = 'x-pd-proxy-'
/** Pipedream documents these as restricted; `user-agent` was observed to be. */
const RESTRICTED = new Set(
  (
    'accept-encoding access-control-request-headers access-control-request-method connection content-length cookie ' +
    'date dnt expect host keep-alive origin permissions-policy referer te trailer transfer-encoding upgrade ' +
    'user-agent via'
  ).split(' '),
)
/** Headers that belong to one connection or to the provider's own pages, and not to the response. */
const KEPT_BACK = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/**
 * Returns the headers to send to the provider: `x-pd-proxy-...` without the prefix, and the request's own content type.
 * Throws 400 for a restricted name.
 */
export function readProxyHeaders(received: Headers): Headers {
  const sent = new Headers()
  for (const [name, value] of received) {
    if (!name.startsWith(PREFIX)) continue
    const own = name.slice(PREFIX.length)
    if (RESTRICTED.has(own) || /^(?:proxy|sec)-/.test(own)) {
      throw wireError(400, `Unsupported header: ${own}`)
    }
    if (own !== '') sent.set(own, value)
  }
  const contentType = received.get('content-type')
  if (contentType !== null) sent.set('content-type', contentType)
  return sent
}

/** Converts the provider's response for the caller of the proxy, with its status, body and headers. */
export function toProxyResponse({ status, headers, body }: Response): Response {
  const kept = new Headers(headers)
  for (const name of headers.keys()) {
    if (KEPT_BACK.has(name) || name.startsWith('access-control-')) kept.delete(name)
  }
  return new Response(body, { status, headers: kept })
}
