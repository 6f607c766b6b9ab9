import type { CatalogueApp } from '../catalogue/catalogue.ts'
import { recordUser } from '../state/external-users.ts'
import { sendConnectionWebhook } from './send-connection-webhook.ts'
import type { ConnectToken, StoredAccount } from '../state/store.ts'
import { formatAccountSummary } from '../wire/account.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { randomAlphanumeric } from '../state/random.ts'

/** Observed in Pipedream's webhooks; the HTTP status that accompanies it is inferred. */
export const TEST_FAILED = 'Test request failed. Please verify your credentials and try again.'

interface NewConnection {
  connectToken: ConnectToken
  app: CatalogueApp
  /** The account that receives the new credentials, from `findReconnectable`; null for a new account. */
  existing: StoredAccount | null
  /** The user's name for the account; null keeps the current name. */
  name: string | null
  credentials: Record<string, string>
  /** The project's own OAuth client that was used; null for Pipedream's shared client and for keys. */
  oauthAppId: string | null
  customClientId: string | null
  /** The granted scopes; empty for keys. */
  authorizedScopes: readonly string[]
}

/**
 * Creates or renews the account, marks the connect token as used and sends the webhook, all in one step, so that a
 * token connects only once.
 */
export function connectAccount(context: EmulatorContext, connection: NewConnection): StoredAccount {
  const { connectToken, existing } = connection
  spend(context, connectToken)
  // Read once: an account whose update time is later than its creation time counts as reconnected.
  const now = context.clock.now()
  const before = existing ?? newAccount(connection, now)
  const account: StoredAccount = {
    ...before,
    name: connection.name ?? before.name,
    credentials: connection.credentials,
    oauthAppId: connection.oauthAppId,
    customClientId: connection.customClientId,
    authorizedScopes: connection.authorizedScopes,
    healthy: true,
    dead: false,
    error: null,
    updatedAt: now,
    connectedAt: now,
  }
  context.store.accounts.set(account.id, account)
  recordUser(context, account, now)
  sendConnectionWebhook(context, connectToken, { account: formatAccountSummary(context, account) })
  return account
}

/** Reports a failed connection to the webhook. By default the token stays valid, so that the user can try again. */
export function failConnection(
  context: EmulatorContext,
  connectToken: ConnectToken,
  error: string,
): void {
  if (context.inferred.failedAttempt === 'spends-token') spend(context, connectToken)
  sendConnectionWebhook(context, connectToken, { error })
}

function spend({ store }: EmulatorContext, connectToken: ConnectToken): void {
  store.connectTokens.set(connectToken.token, { ...connectToken, spent: true })
}

/** Returns the account to reconnect if it belongs to the token's user, project, environment and app. */
export function findReconnectable(
  context: EmulatorContext,
  connectToken: ConnectToken,
  { accountId, slug }: { accountId: string; slug: string },
): StoredAccount | undefined {
  const account = context.store.accounts.get(accountId)
  return account !== undefined &&
    account.projectId === connectToken.projectId &&
    account.environment === connectToken.environment &&
    account.externalUserId === connectToken.externalUserId &&
    account.slug === slug
    ? account
    : undefined
}

function newAccount({ connectToken, app }: NewConnection, now: Date): StoredAccount {
  return {
    id: `apn_${randomAlphanumeric(7)}`,
    projectId: connectToken.projectId,
    environment: connectToken.environment,
    externalUserId: connectToken.externalUserId,
    slug: app.slug,
    name: null,
    healthy: true,
    dead: false,
    error: null,
    oauthAppId: null,
    customClientId: null,
    authorizedScopes: null,
    credentials: {},
    createdAt: now,
    updatedAt: now,
    connectedAt: now,
  }
}
