/** The scopes that Pipedream documents: `*` is everything, `connect:*` all of Connect. */
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

/** A permission of a token. */
export type Scope = (typeof SCOPES)[number]

/** Parses a space-separated list of scopes; null when one is unknown or the list is empty. */
export function parseScopes(text: string): Scope[] | null {
  const words = text.split(' ').filter(Boolean)
  const scopes = words.flatMap((word) => SCOPES.find((scope) => scope === word) ?? [])
  return scopes.length > 0 && scopes.length === words.length ? scopes : null
}

/** Returns true when the scope, or a wildcard that includes it, is among those granted. */
export function coversScope(granted: readonly Scope[], needed: Scope): boolean {
  return granted.some((scope) =>
    scope.endsWith('*') ? needed.startsWith(scope.slice(0, -1)) : scope === needed,
  )
}
