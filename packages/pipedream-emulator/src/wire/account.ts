import { type CatalogueApp, findApp } from '../catalogue/catalogue.ts'
import { listRequestedScopes } from '../connect/list-requested-scopes.ts'
import type { StoredAccount } from '../state/store.ts'
import { formatApp, type WireApp } from './app.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

const MINUTE_MS = 60_000
const CREDENTIAL_LIFETIME_MS = 60 * MINUTE_MS
/** How often the credentials of a healthy OAuth account are refreshed. */
export const REFRESH_EVERY_MS = 45 * MINUTE_MS

/** An account as Pipedream documents it; `credentials` only where the caller may see them. */
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

/** The smaller shape that Pipedream documents inside connection webhooks: no `scope_profiles`, no dates of refreshes. */
export function formatAccountSummary(
  context: EmulatorContext,
  account: StoredAccount,
): Record<string, unknown> {
  const app = findApp(account.slug)
  if (app === undefined) return formatCommon(account)
  const { scope_profiles: _, ...rest } = formatAccountApp(context, account, app)
  return { ...formatCommon(account), app: rest }
}

// Pipedream documents that the app of an account has the id of the OAuth client that it was connected through.
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

// Pipedream documents: never for an account that was connected through its own, shared OAuth client. That one which the
// person brought along counts as theirs is inferred.
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
    // Pipedream's samples say null, not false, for an account that is alive.
    dead: account.dead || null,
    created_at: account.createdAt.toISOString(),
    updated_at: account.updatedAt.toISOString(),
  }
}

// A healthy OAuth account is refreshed for ever, an unhealthy one was until it changed; the dates follow from the clock,
// so nothing has to run in between.
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
    : // The refresh of that very instant is the one that failed.
      countRefreshes(account, new Date(account.updatedAt.getTime() - 1))
  const last = account.connectedAt.getTime() + refreshes * REFRESH_EVERY_MS
  return {
    expires_at: new Date(last + CREDENTIAL_LIFETIME_MS).toISOString(),
    last_refreshed_at: new Date(last).toISOString(),
    next_refresh_at: new Date(last + REFRESH_EVERY_MS).toISOString(),
  }
}

/** How often an account was to be refreshed until then. */
export function countRefreshes({ connectedAt }: StoredAccount, until: Date): number {
  return Math.max(0, Math.floor((until.getTime() - connectedAt.getTime()) / REFRESH_EVERY_MS))
}
