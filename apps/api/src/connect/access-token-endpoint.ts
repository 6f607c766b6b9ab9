import { z } from 'zod'
import { createAccessToken, hasFullAccess } from './create-access-token.ts'
import { NotAllowed, NotSignedIn } from '../errors.ts'
import { json, type Reply } from '../http/reply.ts'
import { parseBody } from './rest-errors.ts'
import type { RestContext } from './rest-endpoints.ts'

const SCOPE = '“scope” must be a string. To get full access, leave it out.'

const accessTokenBody = z.object({ scope: z.string({ error: SCOPE }).nullish() })

const NOT_FOR_PAGES =
  'Pages cannot get an access token, because it gives access to the whole workspace. Call /api/connect-token instead; it needs only the signed-in user’s session.'

/** `POST /api/oauth-token`: creates an access token. For services and operators only. */
export async function accessTokenEndpoint(body: unknown, context: RestContext): Promise<Reply> {
  const { viewer, accessTokens, refusals, now } = context
  if (!viewer) throw new NotSignedIn()
  if (viewer.kind === 'user') {
    const { kind: viewerKind, externalUserId } = viewer
    await refusals.record({ type: 'access_token_refused', viewerKind, externalUserId })
    throw new NotAllowed(NOT_FOR_PAGES)
  }
  const { scope } = parseBody(accessTokenBody, body)
  const token = await createAccessToken(scope, viewer, context)
  // The holder of an access token with a narrower scope must not be able to get connect tokens with it.
  if (hasFullAccess(token)) await accessTokens.add(token, now())
  const { accessToken, tokenType, expiresAt } = token
  return json(
    200,
    {
      access_token: accessToken,
      token_type: tokenType,
      expires_in: Math.max(0, Math.floor((expiresAt.getTime() - now().getTime()) / 1000)),
      scope: token.scope,
    },
    { 'cache-control': 'no-store' },
  )
}
