import type { Context, Hono } from 'hono'
import { findUsableToken } from '../server/access.ts'
import { connectAccount, failConnection, TEST_FAILED } from '../connect/connect-account.ts'
import { exceedsUserLimit, USER_LIMIT_REACHED } from '../state/external-users.ts'
import { deleteExpired } from '../state/delete-expired.ts'
import { listRequestedScopes } from '../connect/list-requested-scopes.ts'
import { renderFinishPage } from '../pages/finish-page.ts'
import { parseJsonObject } from '../wire/read-body.ts'
import type { Attempt, Authorization } from '../state/store.ts'
import { validateConnection, type ValidatedConnection } from '../connect/validate-connection.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { randomHex } from '../state/random.ts'

type Connection = Extract<ValidatedConnection, { success: true }>

/** The client id of the emulator at the fake providers. */
export const PROVIDER_CLIENT_ID = 'pipedream'

/** Returns the address that providers redirect to. */
export function callbackUrl(context: EmulatorContext): string {
  return `${context.linkOrigin}/_static/oauth/callback`
}

/**
 * The steps of the pop-up: start, redirect to the provider, return to the callback. The waiting page polls the result.
 */
export function routeOauthPopup(app: Hono, context: EmulatorContext): void {
  app.get('/_static/oauth/start', async (c) => {
    const attempt = newAttempt(c, context)
    if (attempt.outcome.status === 'failed') return renderFinishPage('Something went wrong')
    const state = randomHex(16)
    context.store.authorizations.set(state, {
      state,
      attemptId: attempt.id,
      slug: attempt.slug,
      grant: null,
      expiresAt: attempt.expiresAt,
    })
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: PROVIDER_CLIENT_ID,
      redirect_uri: callbackUrl(context),
      state,
    })
    return c.redirect(`/_provider/${attempt.slug}/authorize?${query}`, 303)
  })

  app.get('/_static/oauth/callback', (c) => {
    const authorization = takeAuthorization(context, c.req.query('state') ?? '')
    const attempt = context.store.attempts.get(authorization?.attemptId ?? '')
    if (authorization === undefined || attempt === undefined) {
      return renderFinishPage('This request has expired')
    }
    const outcome = finish(c, context, { attempt, authorization })
    context.store.attempts.set(attempt.id, { ...attempt, outcome })
    return renderFinishPage(outcome.status === 'succeeded' ? 'Connected' : 'Something went wrong')
  })

  app.get('/_static/oauth/attempts/:id', (c) => {
    const attempt = context.store.attempts.get(c.req.param('id'))
    if (attempt === undefined) throw recordNotFound()
    return c.json(attempt.outcome, 200, { 'cache-control': 'no-store' })
  })
}

// The page generates the id, because it needs it before the pop-up opens.
function newAttempt(c: Context, context: EmulatorContext): Attempt {
  const id = c.req.query('attempt') ?? ''
  if (!/^[0-9a-f]{32}$/.test(id) || context.store.attempts.has(id)) {
    throw wireError(400, 'attempt must be 32 hexadecimal digits that were not used before.')
  }
  const accountId = c.req.query('accountId') || null
  const connectToken = c.req.query('token') ?? ''
  const result = validateConnection(context, {
    token: connectToken,
    app: c.req.query('app'),
    accountId: accountId ?? undefined,
    oauthAppId: c.req.query('oauthAppId'),
    appOverrideId: c.req.query('appOverrideId'),
  })
  const now = context.clock.now()
  const attempt: Attempt = {
    id,
    connectToken,
    slug: result.success ? result.app.slug : '',
    accountId,
    oauthAppId: c.req.query('oauthAppId') || null,
    appOverrideId: c.req.query('appOverrideId') || null,
    customClientId: c.req.query('customClientId') || null,
    scopes: result.success ? listScopes(c, context, result) : [],
    credentials: readFields(c.req.query('fields') ?? '{}'),
    outcome: result.success ? { status: 'pending' } : { status: 'failed', error: result.error },
    expiresAt: result.success ? result.connectToken.expiresAt : now,
  }
  deleteExpired(context.store.attempts, now)
  deleteExpired(context.store.authorizations, now)
  context.store.attempts.set(id, attempt)
  return attempt
}

function listScopes(c: Context, { store }: EmulatorContext, asked: Connection): readonly string[] {
  return listRequestedScopes({
    app: asked.app,
    client: store.oauthApps.get(asked.oauthAppId ?? ''),
    profile: c.req.query('oauthScopeProfile') || null,
  })
}

function readFields(json: string): Record<string, string> {
  const pairs = Object.entries(parseJsonObject(json) ?? {})
  return Object.fromEntries(
    pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}

// Deleted on first use: a state that someone else saw on its way back is useless.
function takeAuthorization(context: EmulatorContext, state: string): Authorization | undefined {
  const authorization = context.store.authorizations.get(state)
  context.store.authorizations.delete(state)
  return authorization
}

interface Finish {
  attempt: Attempt
  authorization: Authorization
}

function finish(
  c: Context,
  context: EmulatorContext,
  { attempt, authorization }: Finish,
): Attempt['outcome'] {
  const code = c.req.query('code')
  const { grant } = authorization
  if (grant === null || code !== grant.code) {
    return fail(context, attempt, refusal(c.req.query('error')))
  }
  // Minutes may have passed at the provider: the token may be used or expired, the account deleted.
  const result = validateConnection(context, {
    token: attempt.connectToken,
    app: attempt.slug,
    accountId: attempt.accountId ?? undefined,
    oauthAppId: attempt.oauthAppId ?? undefined,
    appOverrideId: attempt.appOverrideId ?? undefined,
  })
  if (!result.success) return fail(context, attempt, result.error)
  if (exceedsUserLimit(context, result.connectToken))
    return fail(context, attempt, USER_LIMIT_REACHED)
  const { allowProgressiveScopes } = result.connectToken
  const lack = describeLack(attempt, { granted: grant.scopes, allowProgressiveScopes })
  if (lack !== null) return fail(context, attempt, lack)
  const account = connectAccount(context, {
    ...result,
    name: grant.accountName,
    credentials: { ...attempt.credentials, ...result.override?.cfmap },
    oauthAppId: attempt.customClientId === null ? result.oauthAppId : null,
    customClientId: attempt.customClientId,
    authorizedScopes: grant.scopes,
  })
  return { status: 'succeeded', accountId: account.id }
}

interface Granted {
  granted: readonly string[]
  allowProgressiveScopes: boolean
}

// Pipedream documents that `allow_progressive_scopes` accepts a part of the scopes as long as its test request works.
// Inferred: the test request needs the first one.
function describeLack(
  { scopes }: Attempt,
  { granted, allowProgressiveScopes }: Granted,
): string | null {
  const needed = allowProgressiveScopes ? scopes.slice(0, 1) : scopes
  if (needed.every((scope) => granted.includes(scope))) return null
  return allowProgressiveScopes
    ? TEST_FAILED
    : 'Some permissions were not granted. Try again and allow all of them.'
}

function refusal(error: string | undefined): string {
  return error === 'access_denied'
    ? 'Access was denied. No account was connected.'
    : 'Connection failed. Please retry or contact support.'
}

function fail(context: EmulatorContext, attempt: Attempt, error: string): Attempt['outcome'] {
  const connectToken = findUsableToken(context, attempt.connectToken)
  if (connectToken !== undefined) failConnection(context, connectToken, error)
  return { status: 'failed', error }
}
