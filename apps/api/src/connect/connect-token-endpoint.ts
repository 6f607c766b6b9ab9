import type { ConnectToken } from 'pipedream-client/server'
import { z } from 'zod'
import type { Viewer } from '../auth/viewer.ts'
import { NotSignedIn } from '../errors.ts'
import { getApp } from '../pipedream/apps.ts'
import { readText } from '../read-text.ts'
import { countConnectToken, mintConnectToken, whoseToken, withApp } from './connect-tokens.ts'
import type { RestContext } from './rest-endpoints.ts'
import { parseBody } from './rest-errors.ts'

const USER = 'external_user_id'

const connectTokenBody = z.object({
  external_user_id: z.string({ error: `“${USER}” must be a string.` }).nullish(),
  // Rejected, because an ignored field would look as if it had taken effect.
  externalUserId: z.undefined({ error: `Write “${USER}”, not “externalUserId”.` }).optional(),
  app: z.string({ error: '“app” must be a string, the slug of an app.' }).nullish(),
})

/** `POST /api/connect-token`: creates a connect token for the signed-in user, or for the user that a service names. */
export async function connectTokenEndpoint(body: unknown, context: RestContext): Promise<Response> {
  const { viewer } = context
  if (!viewer) throw new NotSignedIn()
  const { external_user_id: named, app } = parseBody(connectTokenBody, body)
  const input = {
    externalUserId: whoseToken(USER, named, viewer),
    app: readText('app', app),
  }
  const token = await createBareConnectToken(input, viewer, context)
  return Response.json(
    {
      token: token.connectToken,
      expires_at: token.expiresAt.toISOString(),
      connect_link_url: token.connectLinkUrl,
    },
    { headers: { 'cache-control': 'no-store' } },
  )
}

interface BareConnectTokenInput {
  externalUserId: string
  /** Undefined: the page that uses the token chooses the app. */
  app: string | undefined
}

/**
 * Mints a connect token without a flow. The accounts that it connects are not held, because a page built on the official
 * SDK never confirms a flow.
 */
async function createBareConnectToken(
  { externalUserId, app }: BareConnectTokenInput,
  viewer: Viewer,
  context: RestContext,
): Promise<ConnectToken> {
  await countConnectToken(externalUserId, context)
  const slug = app === undefined ? undefined : (await getApp(app, context)).slug
  const minting = { externalUserId, ...(slug !== undefined && { app: slug }) }
  const token = await mintConnectToken(minting, context)
  await context.events.record({
    type: 'connect_token_created',
    viewerKind: viewer.kind,
    externalUserId,
    app: slug ?? null,
  })
  if (slug === undefined) return token
  return { ...token, connectLinkUrl: withApp(token.connectLinkUrl, slug, undefined) }
}
