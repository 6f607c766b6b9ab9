import { belowBasePath } from './site.ts'

interface RouteTraits {
  /** Whether the built web app serves it. Default: a handler does. */
  isWebApp?: true
  /** Whether it is answered however many requests are being handled. */
  isAlwaysServed?: true
  /** Whether pages of allowed origins may read the replies. */
  isCrossOrigin?: true
  /** Whether successful requests are logged at level `debug`, because programs send them often. */
  isQuiet?: true
}

/**
 * The one table of addresses, below the base path. Handlers, links, logs, metrics and the redaction of secrets follow it;
 * the web app serves every path that is not below one of these.
 */
const ROUTES = {
  '/': { isWebApp: true },
  '/accounts': { isWebApp: true },
  '/activity': { isWebApp: true },
  '/operator': { isWebApp: true },
  '/assets/:file': { isWebApp: true, isQuiet: true },
  '/graphql': { isCrossOrigin: true },
  '/auth/demo': {},
  '/auth/sign-out': {},
  '/api/oauth-token': { isCrossOrigin: true },
  '/api/connect-token': { isCrossOrigin: true },
  '/webhooks/pipedream/:flowSecret': {},
  '/connect/finish/:flowSecret': {},
  '/health/live': { isQuiet: true, isAlwaysServed: true },
  '/health/ready': { isQuiet: true, isAlwaysServed: true },
  '/metrics': { isQuiet: true, isAlwaysServed: true },
} as const satisfies Record<string, RouteTraits>

/** An address, with the name of its parameter if it has one. */
export type RoutePattern = keyof typeof ROUTES

/** The addresses that a handler serves. */
export type HandledPattern = {
  [Pattern in RoutePattern]: (typeof ROUTES)[Pattern] extends { isWebApp: true } ? never : Pattern
}[RoutePattern]

const TRAITS = new Map<string, RouteTraits>(Object.entries(ROUTES))
const PATTERNS = [...TRAITS.keys()].filter((pattern) => pattern.includes(':'))
const BY_PREFIX = new Map(PATTERNS.map((pattern) => [prefixOf(pattern), pattern]))

/** What comes before the parameter in the addresses whose parameter is a secret. */
export const SECRET_PREFIXES: readonly string[] = PATTERNS.filter((pattern) =>
  pattern.endsWith(':flowSecret'),
).map(prefixOf)

/** An address as a request names it. */
export interface Address {
  /** Its name in logs, metrics and traces; `other` if unknown. Never the path itself, which may contain a secret. */
  pattern: RoutePattern | 'other'
  /** The path below the base path. */
  path: string
  /** The value of the pattern's parameter; empty when it has none. */
  param: string
}

/**
 * Finds the address that a path names. Below a base path a proxy may pass the prefix on or strip it, so a path counts
 * with it and without it.
 */
export function findAddress(path: string, basePath: string): Address {
  const whole = match(path)
  const below = belowBasePath(path, basePath)
  if (below === undefined) return whole
  // The base path may equal an address of the table, such as `/accounts`.
  if (below === '/' && whole.pattern !== 'other') return whole
  const stripped = match(below)
  return stripped.pattern === 'other' && whole.pattern !== 'other' ? whole : stripped
}

function match(path: string): Address {
  const bare = path.length > 1 ? path.replace(/\/$/, '') : path
  if (isPattern(bare)) return { pattern: bare, path, param: '' }
  const slash = bare.lastIndexOf('/') + 1
  const param = bare.slice(slash)
  const pattern = BY_PREFIX.get(bare.slice(0, slash))
  return pattern !== undefined && isPattern(pattern) && param
    ? { pattern, path, param }
    : { pattern: 'other', path, param: '' }
}

function isPattern(text: string): text is RoutePattern {
  return TRAITS.has(text)
}

function prefixOf(pattern: string): string {
  return pattern.slice(0, pattern.indexOf(':'))
}

/** The path of an address, below `base`: a URL without a slash at the end, or a base path. */
export function pathTo(base: string, pattern: RoutePattern, param = ''): string {
  return `${base}${param === '' ? pattern : prefixOf(pattern) + param}`
}

/** Whether requests for an address are logged as `debug` unless they fail. */
export function isQuiet(pattern: string): boolean {
  return TRAITS.get(pattern)?.isQuiet ?? false
}

/** Whether an address is answered however many requests are being handled. */
export function isAlwaysServed(pattern: string): boolean {
  return TRAITS.get(pattern)?.isAlwaysServed ?? false
}

/** Whether pages of allowed origins may read the replies of an address. */
export function isCrossOrigin(pattern: string): boolean {
  return TRAITS.get(pattern)?.isCrossOrigin ?? false
}

/** Whether a path belongs to the REST endpoints, which return every error as JSON. */
export function isRestPath(path: string): boolean {
  return /^\/api(\/|$)/.test(path)
}

/** Whether the web app's router may know a path: not an address of the gateway, and not a file, which has a dot. */
export function isWebAppPath(path: string): boolean {
  return !path.includes('.') && !/^\/(api|auth|connect|health|metrics|webhooks)(\/|$)/.test(path)
}
