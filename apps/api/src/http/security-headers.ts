import type { Site } from './site.ts'

interface Place {
  /** Origin of the frame of a flow. */
  connectOrigin: string
  site: Site
}

/** The security headers of every reply, except those that a route has set itself. */
export function securityHeaders({ connectOrigin, site }: Place): Readonly<Record<string, string>> {
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
