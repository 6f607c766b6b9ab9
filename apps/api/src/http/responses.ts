import { currentRequest, noteRefusal } from '../observability/log.ts'
import { DatabaseUnavailable } from '../store/database-unavailable.ts'
import { KeysUnavailable, Refusal } from '../errors.ts'
import type { Site } from './site.ts'

/** An answer of one plain sentence. */
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

/** What is said to a body that is not JSON. */
export function refuseOtherThanJson(): Response {
  return sentence(415, 'Send JSON, with “content-type: application/json”.')
}

/** What is said to a request that is refused before anything of it is done. Throws again what is no `Refusal`. */
export function refuse(error: unknown): Response {
  if (!(error instanceof Refusal)) throw error
  noteRefusal(error)
  // The operator's to know of; a bad bearer is the caller's.
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

/** Sets on an answer what every page of ours needs; what a route has set itself stays. */
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
  /** Where the frame of a flow comes from. */
  connectOrigin: string
  site: Site
}

function securityHeaders({ connectOrigin, site }: Place): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'self'",
      `frame-src ${connectOrigin}`,
      // Logos come from wherever Pipedream hosts them.
      `img-src 'self' data: https: ${connectOrigin}`,
      "style-src 'self' 'unsafe-inline'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    // The provider's pop-up, opened by the frame, must keep its opener: plain `same-origin` would cut it off.
    'cross-origin-opener-policy': 'same-origin-allow-popups',
    // Another site's page may neither embed nor read what we send.
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': PERMISSIONS,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    // Without sub-domains: those are the product's, and not ours to speak for. Below a path the whole host is, and this
    // header would replace the one that the product sends.
    ...(site.secure && site.basePath === '' && { 'strict-transport-security': 'max-age=31536000' }),
  }
}

// The page needs none of them, nor does the frame; to copy is all that a person may want to.
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
