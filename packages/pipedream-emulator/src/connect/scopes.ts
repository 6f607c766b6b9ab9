/** The scopes that Pipedream publishes: `*` is everything, `connect:*` all of Connect. */
const SCOPES = [
  '*',
  'connect:*',
  'connect:apps:*',
  'connect:actions:*',
  'connect:triggers:*',
  'connect:accounts:read',
  'connect:accounts:write',
  'connect:deployed_triggers:read',
  'connect:deployed_triggers:write',
  'connect:users:read',
  'connect:users:write',
  'connect:projects:read',
  'connect:projects:write',
  'connect:usage:read',
  'connect:tokens:create',
  'connect:proxy',
  'connect:workflow:invoke',
] as const

/** What a token may be used for. */
export type Scope = (typeof SCOPES)[number]

/** The scopes of a list with spaces between them; null when one of them is unknown, or there is none. */
export function parseScopes(text: string): Scope[] | null {
  const words = text.split(' ').filter(Boolean)
  const scopes = words.flatMap((word) => SCOPES.find((scope) => scope === word) ?? [])
  return scopes.length > 0 && scopes.length === words.length ? scopes : null
}

/** Is this scope among those granted, by its own name or by a star that stands for it? */
export function coversScope(granted: readonly Scope[], needed: Scope): boolean {
  return granted.some((scope) =>
    scope.endsWith('*') ? needed.startsWith(scope.slice(0, -1)) : scope === needed,
  )
}
