import { currentRequest, noteRefusal } from '../observability/log.ts'
import { DatabaseUnavailable } from '../store/database-unavailable.ts'
import { KeysUnavailable, Refusal } from '../errors.ts'
import type { Site } from './site.ts'

/** A plain-text response of one sentence. */
export function sentence(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
}

/**
 * Whether the content type of a request is JSON. Pages of other sites can make a browser send forms and plain text without
 * a preflight, but not JSON.
 */
export function isJson(request: Request): boolean {
  const type = request.headers.get('content-type') ?? ''
  return type.split(';', 1)[0]?.trim().toLowerCase() === 'application/json'
}

/** The response to a body that is not JSON. */
export function refuseOtherThanJson(): Response {
  return sentence(415, 'Send JSON, with “content-type: application/json”.')
}

/** The response to a request that was rejected before it was processed. Rethrows any error but a `Refusal`. */
export function refuse(error: unknown): Response {
  if (!(error instanceof Refusal)) throw error
  noteRefusal(error)
  // The operator must learn of these two. An invalid token is the caller's problem.
  if (error instanceof KeysUnavailable) {
    currentRequest()?.log.warn({ err: error }, 'Keys for JWTs cannot be fetched')
  }
  if (error instanceof DatabaseUnavailable) {
    currentRequest()?.log.warn({ err: error }, 'The database is unavailable')
  }
  const response = sentence(error.status, error.message)
  for (const [name, value] of Object.entries(error.headers)) response.headers.set(name, value)
  return response
}

/** Sets the security headers of every response, except those that a route has set itself. */
export function withSecurityHeaders(
  response: Response,
  { requestId, ...place }: Place & { requestId: string },
): Response {
  const headers = new Headers(response.headers)
  headers.set('x-request-id', requestId)
  for (const [name, value] of Object.entries(securityHeaders(place))) {
    if (!headers.has(name)) headers.set(name, value)
  }
  const { status, statusText } = response
  return new Response(response.body, { status, statusText, headers })
}

interface Place {
  /** Origin of the frame of a flow. */
  connectOrigin: string
  site: Site
}

function securityHeaders({ connectOrigin, site }: Place): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'self'",
      `frame-src ${connectOrigin}`,
      // Pipedream hosts logos on any host.
      `img-src 'self' data: https: ${connectOrigin}`,
      "style-src 'self' 'unsafe-inline'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    // The provider's pop-up, which the frame opens, needs its opener; `same-origin` would remove it.
    'cross-origin-opener-policy': 'same-origin-allow-popups',
    // Pages of other sites can neither embed nor read responses.
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': PERMISSIONS,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    // Without subdomains, which belong to the product. Below a path the whole host belongs to the product, and this header
    // would replace the product's.
    ...(site.secure && site.basePath === '' && { 'strict-transport-security': 'max-age=31536000' }),
  }
}

// Neither the page nor the frame needs them. The clipboard stays allowed, for copying support codes.
const PERMISSIONS = [
  'camera',
  'display-capture',
  'geolocation',
  'hid',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
]
  .map((name) => `${name}=()`)
  .join(', ')
