import { hash } from 'node:crypto'
import { parseCookie, stringifySetCookie } from 'cookie'
import { NotAllowed } from '../errors.ts'
import type { Reply } from '../http/reply.ts'
import type { Site } from '../http/site.ts'
import { createSecret, sha256 } from '../store/secrets.ts'

/** The gateway's cookies: the session of demo sign-in, and the browser that starts flows. */
export type CookieName = 'session' | 'browser'

// The gateway issues 256 random bits, and for a browser also a hash that binds them to a user. Any other value is ignored,
// because it was planted or damaged.
const VALUES = {
  session: /^[\w-]{43}$/,
  browser: /^[\w-]{43}\.[\w-]{43}$/,
} as const satisfies Record<CookieName, RegExp>

/** Reads one of the gateway's cookies from a request; undefined if it is missing or malformed. */
export function readCookie(request: Request, name: CookieName, site: Site): string | undefined {
  const cookies = request.headers.get('cookie')
  const value = cookies === null ? undefined : parseCookie(cookies)[fullName(name, site)]
  return value !== undefined && VALUES[name].test(value) ? value : undefined
}

/** Returns a `Set-Cookie` line. An empty value with a past `expires` deletes the cookie. */
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
    // Not strict, because a user also comes back from a hosted page, by a cross-site link.
    sameSite: 'lax',
    secure: site.secure,
  })
}

// The `__Host-` prefix stops a sibling subdomain from planting a cookie. Browsers accept it only over https and with the path
// `/`, so the name, not the path, separates two gateways on one origin.
function fullName(name: CookieName, { secure, basePath }: Site): string {
  const own = basePath === '' ? name : `${name}.${encodeURIComponent(basePath.slice(1))}`
  return secure ? `__Host-${own}` : own
}

const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000

// Checked before anything is connected, because without the cookie or a challenge no one could confirm the connection.
const CROSS_SITE =
  'This page is on a different site than the gateway, so the browser stores no cookie for it and the connection could not be confirmed. The developer must set “codeChallenge”, or serve both from one site, such as app.example.com and connect.example.com.'

/**
 * The browser that makes a request, identified by an HttpOnly cookie. A flow belongs to the browser that started it: a
 * victim who is lured into finishing an attacker's flow does not have the attacker's cookie.
 */
export interface Browser {
  /** Hash of the cookie, or undefined for a browser that never started a flow. */
  readonly hash: string | undefined
  /** Whether it stores and returns the gateway's cookies. */
  readonly keepsCookies: boolean
  /**
   * Returns the hash to bind a user's flow to. Sets a new cookie if the browser has none, or one for another user; renews the
   * one that it has. Throws `NotAllowed` if the browser would not store a new cookie.
   */
  bind(externalUserId: string): string
  /** The cookie value to set with the response; undefined if nothing was bound. */
  readonly secretToSet: string | undefined
}

export function createBrowser(
  secret: string | undefined,
  { keepsCookies }: { keepsCookies: boolean },
): Browser {
  let secretToSet: string | undefined
  return {
    hash: secret === undefined ? undefined : sha256(secret),
    keepsCookies,
    bind(externalUserId) {
      if (secret !== undefined && isIssuedFor(secret, externalUserId)) {
        secretToSet = secret
        return sha256(secret)
      }
      if (!keepsCookies) throw new NotAllowed(CROSS_SITE)
      secretToSet ??= makeSecret(externalUserId)
      return sha256(secretToSet)
    },
    get secretToSet() {
      return secretToSet
    },
  }
}

/**
 * Whether a browser's cookie was issued for this user. The owner of the browser can forge it, so this only decides which
 * cookie to replace, and never identifies a user.
 */
export function isIssuedFor(secret: string, externalUserId: string): boolean {
  const [random = ''] = secret.split('.', 1)
  return secret === withOwner(random, externalUserId)
}

function makeSecret(externalUserId: string): string {
  return withOwner(createSecret(), externalUserId)
}

function withOwner(random: string, externalUserId: string): string {
  const owner = hash('sha256', `${random} ${externalUserId}`, 'base64url')
  return `${random}.${owner}`
}

/** Adds the browser's cookie to the reply, if a flow was bound to it. */
export function setBrowserCookie(
  reply: Reply,
  { secretToSet }: Browser,
  { site, now }: { site: Site; now: Date },
): void {
  if (secretToSet === undefined) return
  const expires = new Date(now.getTime() + LIFETIME_MS)
  const cookie = writeCookie('browser', secretToSet, { site, expires })
  reply.cookies = [...(reply.cookies ?? []), cookie]
}
