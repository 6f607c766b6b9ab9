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

/** What logs, metrics and traces call an address: never the address itself, which may hold a secret or be anything. */
export function routePattern(path: string): string {
  if (EXACT.has(path)) return path
  const startsLike = (pattern: string) => path.startsWith(pattern.slice(0, pattern.indexOf(':')))
  return PATTERNS.find(startsLike) ?? 'other'
}
