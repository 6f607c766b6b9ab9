import { type CatalogueApp, findApp } from '../catalogue/catalogue.ts'
import { listRequestedScopes } from '../connect/list-requested-scopes.ts'
import type { StoredAccount } from '../state/store.ts'
import { formatApp, type WireApp } from './app.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

const MINUTE_MS = 60_000
const CREDENTIAL_LIFETIME_MS = 60 * MINUTE_MS
/** The interval between two refreshes of a healthy OAuth account's credentials. */
export const REFRESH_EVERY_MS = 45 * MINUTE_MS

/** Formats an account as Pipedream documents it. `credentials` are included only for callers that may see them. */
export function formatAccount(
  context: EmulatorContext,
  account: StoredAccount,
  { includeCredentials = false } = {},
): Record<string, unknown> {
  const app = findApp(account.slug)
  return {
    ...formatCommon(account),
    app: app === undefined ? null : formatAccountApp(context, account, app),
    authorized_scopes: listScopes(context, account, app),
    ...(includeCredentials ? formatCredentials(context, account, app) : {}),
    error: account.error,
    ...formatRefreshes(context, account, app),
  }
}

/**
 * Formats the smaller account that Pipedream documents inside connection webhooks, without `scope_profiles` and refresh
 * dates.
 */
export function formatAccountSummary(
  context: EmulatorContext,
  account: StoredAccount,
): Record<string, unknown> {
  const app = findApp(account.slug)
  if (app === undefined) return formatCommon(account)
  const { scope_profiles: _, ...rest } = formatAccountApp(context, account, app)
  return { ...formatCommon(account), app: rest }
}

// Pipedream documents that the app of an account has the id of the OAuth client that connected it.
function formatAccountApp(
  context: EmulatorContext,
  account: StoredAccount,
  app: CatalogueApp,
): WireApp {
  const wire = formatApp(app, context.publicUrl)
  return account.oauthAppId === null ? wire : { ...wire, id: account.oauthAppId }
}

function listScopes(
  { store }: EmulatorContext,
  account: StoredAccount,
  app: CatalogueApp | undefined,
): readonly string[] {
  if (app === undefined) return []
  const client = store.oauthApps.get(account.oauthAppId ?? '')
  return account.authorizedScopes ?? listRequestedScopes({ app, client, profile: null })
}

// Pipedream documents that accounts of its shared OAuth client never include credentials. Inferred: an OAuth client
// that the user provided counts as the project's own.
function formatCredentials(
  { store }: EmulatorContext,
  account: StoredAccount,
  app: CatalogueApp | undefined,
): { credentials?: Record<string, string> } {
  if (app?.authType === 'keys') return { credentials: account.credentials }
  const clientId = account.customClientId ?? store.oauthApps.get(account.oauthAppId ?? '')?.clientId
  if (clientId === undefined) return {}
  return {
    credentials: {
      ...account.credentials,
      oauth_client_id: clientId,
      oauth_access_token: `emulator-access-token-${account.id}`,
      oauth_refresh_token: `emulator-refresh-token-${account.id}`,
      oauth_uid: account.name ?? account.id,
    },
  }
}

function formatCommon(account: StoredAccount): Record<string, unknown> {
  return {
    id: account.id,
    name: account.name,
    external_id: account.externalUserId,
    healthy: account.healthy,
    // Pipedream's samples have null, not false, for an account that is not dead.
    dead: account.dead || null,
    created_at: account.createdAt.toISOString(),
    updated_at: account.updatedAt.toISOString(),
  }
}

// A healthy OAuth account is refreshed forever, an unhealthy one until it became unhealthy. The dates are computed from
// the clock, so nothing has to run in between.
function formatRefreshes(
  context: EmulatorContext,
  account: StoredAccount,
  app: CatalogueApp | undefined,
): Record<string, string | null> {
  if (app?.authType !== 'oauth') {
    return { expires_at: null, last_refreshed_at: null, next_refresh_at: null }
  }
  const refreshes = account.healthy
    ? countRefreshes(account, context.clock.now())
    : // The refresh at that exact time is the one that failed.
      countRefreshes(account, new Date(account.updatedAt.getTime() - 1))
  const last = account.connectedAt.getTime() + refreshes * REFRESH_EVERY_MS
  return {
    expires_at: new Date(last + CREDENTIAL_LIFETIME_MS).toISOString(),
    last_refreshed_at: new Date(last).toISOString(),
    next_refresh_at: new Date(last + REFRESH_EVERY_MS).toISOString(),
  }
}

/** Returns the number of refreshes of an account that were due by a time. */
export function countRefreshes({ connectedAt }: StoredAccount, until: Date): number {
  return Math.max(0, Math.floor((until.getTime() - connectedAt.getTime()) / REFRESH_EVERY_MS))
}
