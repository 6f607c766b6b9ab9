import { type Finding, warning } from './finding.ts'
import type { Settings } from './read-settings.ts'

/**
 * The scope of a connect token for a page that connects accounts and does nothing else with the token. Pipedream documents
 * `connect:accounts:write` as “create or remove Connect accounts”, and `connect:accounts:read` as “list and fetch” them.
 */
export const CONNECT_TOKEN_SCOPE = 'connect:accounts:read connect:accounts:write'

/** Warns if connect tokens may do more than manage the accounts of their user. */
export function checkConnectTokenScope(settings: Settings): Finding[] {
  const scopes = settings.get('PIPEDREAM_CONNECT_TOKEN_SCOPE')?.split(/\s+/) ?? []
  const wide = scopes.filter((scope) => !CANNOT_USE_ACCOUNTS.test(scope))
  if (wide.length === 0) return []
  return [
    warning('configuration', {
      what: `PIPEDREAM_CONNECT_TOKEN_SCOPE contains ${wide.join(' and ')}. A connect token can then use the accounts of its user at Pipedream, even an account that nothing has confirmed yet.`,
      fix: `Unset it to use ${CONNECT_TOKEN_SCOPE}, unless your pages need the rest, for example to show apps or to configure actions.`,
    }),
  ]
}

// An unknown scope may allow anything, so only these are excluded.
const CANNOT_USE_ACCOUNTS = /^connect:(?:accounts|apps|users|projects|usage|tokens):/
