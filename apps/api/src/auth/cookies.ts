import { createHash, randomBytes } from 'node:crypto'
import { parseCookie, stringifySetCookie } from 'cookie'
import { NotAllowed } from '../errors.ts'
import type { Site } from '../http/site.ts'
import { sha256 } from '../store/secrets.ts'

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

const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000

// Said before anything is connected: without the cookie, nobody could ever confirm it.
const CROSS_SITE =
  'This page belongs to another site than the gateway, so the browser keeps no cookie for it and the connection could not be confirmed. The developer must serve both under one site, such as app.example.com and connect.example.com.'

/**
 * The browser that makes a request, known by an HttpOnly cookie. A flow belongs to the browser that started it:
 * somebody lured into finishing another person's flow comes without that person's cookie.
 */
export interface Browser {
  /** Hash of the cookie, or undefined for a browser that never started a flow. */
  readonly hash: string | undefined
  /**
   * The hash to bind a person's flow to; gives the browser a cookie when it has none, or another person's. Throws
   * `NotAllowed` when it would not keep it.
   */
  bind(externalUserId: string): string
  /** The cookie's value to set with the answer; undefined when the browser has it already. */
  readonly newSecret: string | undefined
}

/** `keepsCookies`: whether a cookie that we give it comes back. */
export function createBrowser(
  secret: string | undefined,
  { keepsCookies }: { keepsCookies: boolean },
): Browser {
  let newSecret: string | undefined
  return {
    hash: secret === undefined ? undefined : sha256(secret),
    bind(externalUserId) {
      if (secret !== undefined && isMadeFor(secret, externalUserId)) return sha256(secret)
      if (!keepsCookies) throw new NotAllowed(CROSS_SITE)
      newSecret ??= makeSecret(externalUserId)
      return sha256(newSecret)
    },
    get newSecret() {
      return newSecret
    },
  }
}

/**
 * Whether a browser's cookie was given to it for this person. Whoever has the browser can write another name into it, so
 * this says which cookie to replace, and never who somebody is.
 */
export function isMadeFor(secret: string, externalUserId: string): boolean {
  const [random = ''] = secret.split('.', 1)
  return secret === withOwner(random, externalUserId)
}

function makeSecret(externalUserId: string): string {
  return withOwner(randomBytes(32).toString('base64url'), externalUserId)
}

function withOwner(random: string, externalUserId: string): string {
  const owner = createHash('sha256').update(`${random} ${externalUserId}`).digest('base64url')
  return `${random}.${owner}`
}

/** Adds the browser's new cookie, if it was given one, to the answer. */
export function withBrowserCookie(
  response: Response,
  { newSecret }: Browser,
  { site, now }: { site: Site; now: Date },
): Response {
  if (newSecret === undefined) return response
  const expires = new Date(now.getTime() + LIFETIME_MS)
  const headers = new Headers(response.headers)
  headers.append('set-cookie', writeCookie('browser', newSecret, { site, expires }))
  const { status, statusText } = response
  return new Response(response.body, { status, statusText, headers })
}
