import { findUsableToken } from '../server/access.ts'
import { type CatalogueApp, findApp } from '../catalogue/catalogue.ts'
import { findReconnectable } from './connect-account.ts'
import type { AppOverride, ConnectToken, StoredAccount } from '../state/store.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** Pipedream's own message for unknown, expired and used tokens alike, as observed. */
export const INVALID_TOKEN =
  'The Pipedream Connect token is invalid. Please generate a new one and try again.'
/** Pipedream's own message, as observed. */
const UNKNOWN_APP = 'App not found. Please check your app id.'

interface ConnectionRequest {
  token: string
  /** Id or slug; may be absent when `accountId` implies the app. */
  app: string | undefined
  accountId: string | undefined
  oauthAppId: string | undefined
  appOverrideId: string | undefined
}

/**
 * The result of checking a connect token, an app and optionally an account: a connection to make, or the reason why not.
 */
export type ValidatedConnection =
  | {
      success: true
      connectToken: ConnectToken
      app: CatalogueApp
      existing: StoredAccount | null
      override: AppOverride | null
      /** The project's own OAuth client to sign in with; null for Pipedream's shared client. */
      oauthAppId: string | null
    }
  | { success: false; error: string }

export function validateConnection(
  context: EmulatorContext,
  request: ConnectionRequest,
): ValidatedConnection {
  const connectToken = findUsableToken(context, request.token)
  if (connectToken === undefined) return reject(INVALID_TOKEN)
  const override = findOverride(context, connectToken, request.appOverrideId)
  if (override === undefined) return reject('App override not found.')
  const { accountId } = request
  const slug = request.app || override?.slug || context.store.accounts.get(accountId ?? '')?.slug
  const app = findApp(slug ?? '')
  if (app === undefined) return reject(UNKNOWN_APP)
  if (app.authType === 'none') {
    return reject(`${app.name} needs no account.`)
  }
  if (override !== null && override.slug !== app.slug) {
    return reject('The app override belongs to another app.')
  }
  const oauthAppId = chooseOauthApp(request, { connectToken, override })
  if (oauthAppId !== null && !ownsOauthApp(context, { id: oauthAppId, connectToken, app })) {
    return reject('OAuth client not found. Please check your OAuth app id.')
  }
  const existing = accountId
    ? findReconnectable(context, connectToken, { accountId, slug: app.slug })
    : null
  return existing === undefined
    ? reject('Account not found. Please check your account id.')
    : { success: true, connectToken, app, existing, override, oauthAppId }
}

/**
 * Returns the override with this id in the token's project: null when no id is given, undefined when there is no such
 * override.
 */
export function findOverride(
  context: EmulatorContext,
  { projectId }: ConnectToken,
  id: string | null | undefined,
): AppOverride | null | undefined {
  if (!id) return null
  const found = context.store.appOverrides.get(id)
  return found?.projectId === projectId ? found : undefined
}

function reject(error: string): ValidatedConnection {
  return { success: false, error }
}

// Pipedream documents no precedence. Inferred: the source closest to the user's click wins.
function chooseOauthApp(
  { oauthAppId }: ConnectionRequest,
  { connectToken, override }: { connectToken: ConnectToken; override: AppOverride | null },
): string | null {
  return oauthAppId || override?.oauthAppId || connectToken.oauthAppId
}

function ownsOauthApp(
  { store }: EmulatorContext,
  { id, connectToken, app }: { id: string; connectToken: ConnectToken; app: CatalogueApp },
): boolean {
  const found = store.oauthApps.get(id)
  return found?.projectId === connectToken.projectId && found.slug === app.slug
}
