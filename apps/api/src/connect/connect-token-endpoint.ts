import { z } from 'zod'
import { NotSignedIn } from '../errors.ts'
import { getApp } from '../pipedream/apps.ts'
import { json, type Reply } from '../http/reply.ts'
import { readText } from '../read-text.ts'
import { countConnectToken, createBareConnectToken, whoseToken, withApp } from './connect-tokens.ts'
import type { RestContext } from './rest-endpoints.ts'
import { parseBody } from './rest-errors.ts'

const USER = 'external_user_id'

// A page of the official SDK has no way to confirm.
const NO_CHALLENGE = 'Only “createConnectToken” of the GraphQL API takes a “codeChallenge”.'

const connectTokenBody = z.object({
  external_user_id: z.string({ error: `“${USER}” must be a string.` }).nullish(),
  // Rejected, because an ignored field would look as if it had taken effect.
  externalUserId: z.undefined({ error: `Write “${USER}”, not “externalUserId”.` }).optional(),
  code_challenge: z.undefined({ error: NO_CHALLENGE }).optional(),
  codeChallenge: z.undefined({ error: NO_CHALLENGE }).optional(),
  app: z.string({ error: '“app” must be a string, the slug of an app.' }).nullish(),
})

/** `POST /api/connect-token`: creates a connect token for the signed-in user, or for the user that a service names. */
export async function connectTokenEndpoint(body: unknown, context: RestContext): Promise<Reply> {
  const { viewer } = context
  if (!viewer) throw new NotSignedIn()
  const { external_user_id: named, app } = parseBody(connectTokenBody, body)
  const externalUserId = whoseToken(USER, named, viewer)
  const asked = readText('app', app)
  await countConnectToken(externalUserId, context)
  // Without an app, the page that uses the token chooses it.
  const slug = asked === undefined ? null : (await getApp(asked, context)).slug
  const token = await createBareConnectToken({ externalUserId, app: slug }, viewer.kind, context)
  const { connectToken, expiresAt, connectLinkUrl } = token
  return json(
    200,
    {
      token: connectToken,
      expires_at: expiresAt.toISOString(),
      connect_link_url: slug === null ? connectLinkUrl : withApp(connectLinkUrl, slug, null),
    },
    { 'cache-control': 'no-store' },
  )
}
