import type { Hono } from 'hono'
import { requireEnvironment, requireServer } from '../server/access.ts'
import { findApp } from '../catalogue/catalogue.ts'
import { recordUser, userKey } from '../state/external-users.ts'
import { deleteExpired } from '../state/delete-expired.ts'
import { TOKENS_LIMIT } from '../server/limit-requests.ts'
import {
  type Body,
  optionalBoolean,
  optionalString,
  optionalStrings,
  readJsonBody,
} from '../wire/read-body.ts'
import { parseScopes, type Scope } from '../connect/scopes.ts'
import type { ConnectToken } from '../state/store.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import { type EmulatorContext, findProject } from '../state/emulator-context.ts'
import { randomHex } from '../state/random.ts'

/** In seconds. Pipedream documents four hours as both the default and the maximum. */
const MAX_LIFETIME_S = 14_400
const MAX_USER_ID_LENGTH = 250
/**
 * Schemes that browsers handle themselves: code, local content, protocols without a page, settings and extensions. All
 * others belong to the web or to an app. Rejecting these is inferred.
 */
const BROWSER_SCHEME =
  /^(javascript|vbscript|data|blob|file|filesystem|about|view-source|wss?|ftp|resource|devtools|chrome|edge|brave|opera|vivaldi|(chrome|moz)-.*|.*-extension):$/

/** POST /v1/connect/{project}/tokens: a connect token for one user. */
export function routeConnectTokens(app: Hono, context: EmulatorContext): void {
  app.post('/v1/connect/:project/tokens', async (c) => {
    requireServer(c, context, 'connect:tokens:create')
    const projectId = c.req.param('project')
    if (findProject(context, projectId) === undefined) throw recordNotFound()
    const environment = requireEnvironment(c, context)
    const body = await readJsonBody(c)
    const connectToken = newConnectToken(context, { projectId, environment, body })
    if (context.rateLimits.published) {
      context.rateLimits.count('tokens', userKey(connectToken), TOKENS_LIMIT)
    }
    deleteExpired(context.store.connectTokens, context.clock.now())
    context.store.connectTokens.set(connectToken.token, connectToken)
    if (context.inferred.newUser === 'connect-token') {
      recordUser(context, connectToken, context.clock.now())
    }
    return c.json({
      token: connectToken.token,
      expires_at: connectToken.expiresAt.toISOString(),
      connect_link_url: `${linkOriginOf(context, connectToken)}/_static/connect.html?token=${connectToken.token}&connectLink=true`,
    })
  })
}

// Pipedream documents that an app or an OAuth client pins the link to the host of the client's flow pages.
function linkOriginOf(context: EmulatorContext, { appId, oauthAppId }: ConnectToken): string {
  const isPinned = oauthAppId !== null || findApp(appId ?? '')?.authType === 'oauth'
  return isPinned ? context.linkOrigin : context.publicUrl
}

interface Asked {
  projectId: string
  environment: ConnectToken['environment']
  body: Body
}

function newConnectToken(
  context: EmulatorContext,
  { projectId, environment, body }: Asked,
): ConnectToken {
  return {
    token: `ctok_${randomHex(16)}`,
    projectId,
    environment,
    externalUserId: readExternalUserId(body),
    expiresAt: new Date(context.clock.now().getTime() + readLifetime(body) * 1000),
    spent: false,
    scopes: readScopes(body),
    allowedOrigins: optionalStrings(body, 'allowed_origins'),
    successRedirectUri: readRedirect(body, 'success_redirect_uri'),
    errorRedirectUri: readRedirect(body, 'error_redirect_uri'),
    webhookUri: readWebhookUri(body),
    appId: optionalString(body, 'app_id'),
    oauthAppId: optionalString(body, 'oauth_app_id'),
    allowProgressiveScopes: optionalBoolean(body, 'allow_progressive_scopes'),
    sessionId: BigInt(`0x${randomHex(16)}`).toString(),
  }
}

// `external_id` is the older name of the field.
function readExternalUserId(body: Body): string {
  const id = optionalString(body, 'external_user_id') ?? optionalString(body, 'external_id')
  if (id === null) throw wireError(400, 'external_user_id is required.')
  if (id.length > MAX_USER_ID_LENGTH) {
    throw wireError(400, `external_user_id may have at most ${MAX_USER_ID_LENGTH} characters.`)
  }
  return id
}

function readLifetime(body: Body): number {
  const value = body.expires_in
  if (value == null) return MAX_LIFETIME_S
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1) {
    if (value <= MAX_LIFETIME_S) return value
  }
  throw wireError(400, `expires_in must be a whole number of seconds from 1 to ${MAX_LIFETIME_S}.`)
}

function readScopes(body: Body): Scope[] {
  const scopes = parseScopes(optionalString(body, 'scope') ?? 'connect:*')
  if (scopes === null) {
    throw wireError(400, 'scope must be a space-separated list of known OAuth scopes.')
  }
  // Pipedream documents that a connect token never gets `*`. Inferred: it gets `connect:*` instead.
  return scopes.map((scope) => (scope === '*' ? 'connect:*' : scope))
}

function readRedirect(body: Body, key: string): string | null {
  const value = optionalString(body, key)
  if (value === null) return null
  const url = URL.parse(value)
  if (url === null || BROWSER_SCHEME.test(url.protocol)) {
    throw wireError(
      400,
      `${key} must be an absolute URL of a website or an app, such as https://app.example/done.`,
    )
  }
  return value
}

function readWebhookUri(body: Body): string | null {
  const value = optionalString(body, 'webhook_uri')
  if (value === null) return null
  if (!/^https?:$/.test(URL.parse(value)?.protocol ?? '')) {
    throw wireError(400, 'webhook_uri must be an http or https URL.')
  }
  return value
}
