import { belowBasePath } from './site.ts'

const EXACT = new Set([
  '/',
  '/accounts',
  '/activity',
  '/operator',
  '/graphql',
  '/auth/demo',
  '/auth/sign-out',
  '/api/oauth-token',
  '/api/connect-token',
  '/health/live',
  '/health/ready',
  '/metrics',
])

const PATTERNS = [
  '/webhooks/pipedream/:flowSecret',
  '/connect/finish/:flowSecret',
  '/assets/:file',
] as const

/** One of our addresses, as a request names it. */
export interface Address {
  /**
   * What logs, metrics and traces call it, or `other`: never the address itself, which may hold a secret or be
   * anything.
   */
  pattern: string
  /** The path below our base path. */
  path: string
  /** What stands for the pattern's parameter; empty when it has none. */
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
  // A base path may be called as one of our addresses is, such as `/accounts`.
  if (below === '/' && whole.pattern !== 'other') return whole
  const stripped = match(below)
  return stripped.pattern === 'other' && whole.pattern !== 'other' ? whole : stripped
}

function match(path: string): Address {
  const bare = path.length > 1 ? path.replace(/\/$/, '') : path
  if (EXACT.has(bare)) return { pattern: bare, path, param: '' }
  const slash = bare.lastIndexOf('/') + 1
  const param = bare.slice(slash)
  const pattern = PATTERNS.find((it) => it.slice(0, it.indexOf(':')) === bare.slice(0, slash))
  return pattern && param ? { pattern, path, param } : { pattern: 'other', path, param: '' }
}
