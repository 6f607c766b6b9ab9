import type { Context, Hono } from 'hono'
import { encodeBase64Url } from '../wire/base64url.ts'
import { deleteExpired } from '../state/delete-expired.ts'
import { type Body, parseJsonObject } from '../wire/read-body.ts'
import { parseScopes, type Scope } from '../connect/scopes.ts'
import { oauthError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { randomAlphanumeric, randomHex } from '../state/random.ts'

/** In seconds, as Pipedream documents `expires_in`. */
const LIFETIME_S = 3600

/** POST /v1/oauth/token: exchanges client credentials for an access token. */
export function routeOauthToken(app: Hono, context: EmulatorContext): void {
  app.post('/v1/oauth/token', async (c) => {
    const body = await readTokenRequest(c, context)
    if (body.grant_type !== 'client_credentials') {
      throw oauthError(400, 'unsupported_grant_type', 'Only client_credentials is supported.')
    }
    const { clientId, clientSecret } = context.credentials
    if (body.client_id !== clientId || body.client_secret !== clientSecret) {
      throw oauthError(401, 'invalid_client', 'Client authentication failed.')
    }
    const scopes = readScopes(body.scope)
    const accessToken = newAccessToken(context, scopes)
    const expiresAt = new Date(context.clock.now().getTime() + LIFETIME_S * 1000)
    deleteExpired(context.store.accessTokens, context.clock.now())
    context.store.accessTokens.set(accessToken, { accessToken, scopes, expiresAt })
    return c.json({ access_token: accessToken, token_type: 'Bearer', expires_in: LIFETIME_S })
  })
}

// Pipedream documents only JSON. RFC 6749 requires a form, and accepting both does no harm.
async function readTokenRequest(c: Context, { inferred }: EmulatorContext): Promise<Body> {
  const text = await c.req.text()
  const type = c.req.header('content-type') ?? ''
  // JSON first, because curl labels every body as a form.
  const body = parseJsonObject(text)
  if (body !== null) return body
  if (inferred.tokenForms === 'accepted' && type.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(text))
  }
  throw oauthError(400, 'invalid_request', 'The request body must be a JSON object.')
}

function readScopes(value: unknown): Scope[] {
  if (value == null || value === '') return ['*']
  const scopes = typeof value === 'string' ? parseScopes(value) : null
  if (scopes === null) {
    throw oauthError(400, 'invalid_scope', 'The requested scope is invalid or unknown.')
  }
  return scopes
}

// Observed: a JWT with these claims, which clients must treat as opaque. The signature is random, because it is never
// verified.
function newAccessToken(context: EmulatorContext, scopes: Scope[]): string {
  const issuedAt = Math.floor(context.clock.now().getTime() / 1000)
  const claims = {
    iss: 'https://api.pipedream.com',
    aud: ['api', 'catcher'],
    sub: 'o_emulator',
    token_type: 'oauth_access_token',
    scopes,
    jti: randomHex(16),
    iat: issuedAt,
    nbf: issuedAt - 5,
    exp: issuedAt + LIFETIME_S,
  }
  const parts = [{ typ: 'JWT', alg: 'EdDSA' }, claims].map((part) =>
    encodeBase64Url(JSON.stringify(part)),
  )
  return [...parts, randomAlphanumeric(86)].join('.')
}
