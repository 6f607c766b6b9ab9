import { parseCookie, stringifySetCookie } from 'cookie'
import type { Site } from './site.ts'

/** Our cookies: a session of demo sign-in, and the browser that starts flows. */
export type CookieName = 'session' | 'browser'

// What we hand out: 256 bits, and of a browser also whom they are for. Anything else was planted or is broken, and counts
// as no cookie.
const VALUES = {
  session: /^[\w-]{43}$/,
  browser: /^[\w-]{43}\.[\w-]{43}$/,
} as const satisfies Record<CookieName, RegExp>

/** Reads one of our cookies from a request. */
export function readCookie(request: Request, name: CookieName, site: Site): string | undefined {
  const value = parseCookie(request.headers.get('cookie') ?? '')[fullName(name, site)]
  return value !== undefined && VALUES[name].test(value) ? value : undefined
}

/** A `Set-Cookie` line; an empty value takes the cookie away. */
export function writeCookie(
  name: CookieName,
  value: string,
  { site, expires }: { site: Site; expires: Date },
): string {
  return stringifySetCookie({
    name: fullName(name, site),
    value,
    expires,
    path: '/',
    httpOnly: true,
    // Not strict: a person also comes back to us from a hosted page, by a link.
    sameSite: 'lax',
    secure: site.secure,
  })
}

// The prefix keeps a sibling subdomain from planting a cookie of its own; browsers allow it over https alone, and for the
// path `/` alone. So the name, and not the cookie's path, tells two gateways on one origin apart.
function fullName(name: CookieName, { secure, basePath }: Site): string {
  const own = basePath === '' ? name : `${name}.${encodeURIComponent(basePath.slice(1))}`
  return secure ? `__Host-${own}` : own
}
