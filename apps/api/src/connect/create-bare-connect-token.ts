import type { ConnectToken } from 'pipedream-client/server'
import { getApp } from '../pipedream/apps.ts'
import { CONNECT_TOKEN_LIFETIME_MS, withApp } from './connect-tokens.ts'
import type { SignedInContext } from '../context.ts'
import { RateLimited } from '../errors.ts'

interface BareConnectTokenInput {
  externalUserId: string
  /** Undefined: the page that uses the token chooses. */
  app: string | undefined
}

type BareContext = Pick<
  SignedInContext,
  'viewer' | 'pipedream' | 'memory' | 'events' | 'connectTokens' | 'rateLimits'
>

/**
 * Mints a connect token without a flow: what it makes is held back by nobody, because a page built on the official SDK
 * never confirms.
 */
export async function createBareConnectToken(
  { externalUserId, app }: BareConnectTokenInput,
  context: BareContext,
): Promise<ConnectToken> {
  const { viewer, pipedream, events, connectTokens, rateLimits } = context
  const retryAfterMs = await rateLimits.take('connectToken', externalUserId)
  if (retryAfterMs !== undefined) throw new RateLimited(retryAfterMs)
  const slug = app === undefined ? undefined : (await getApp(app, context)).slug
  const { allowedOrigins, scope } = connectTokens
  const token = await pipedream.connectTokens.create({
    externalUserId,
    allowedOrigins,
    expiresInMs: CONNECT_TOKEN_LIFETIME_MS,
    ...(slug !== undefined && { app: slug }),
    ...(scope !== undefined && { scope }),
  })
  await events.record({
    type: 'connect_token_created',
    viewerKind: viewer.kind,
    externalUserId,
    app: slug ?? null,
  })
  if (slug === undefined) return token
  return { ...token, connectLinkUrl: withApp(token.connectLinkUrl, slug, undefined) }
}
