import { z } from 'zod'
import { createAccessToken, opensEverything } from './create-access-token.ts'
import { NotAllowed, NotSignedIn } from '../errors.ts'
import { parseBody } from './rest-errors.ts'
import type { RestContext } from './rest-endpoints.ts'

const SCOPE = 'Give “scope” as a text, or leave it out.'

const accessTokenBody = z.object({ scope: z.string({ error: SCOPE }).nullish() })

const NOT_FOR_PAGES =
  'An access token opens the whole workspace, so pages never get one. Call /api/connect-token alone: it knows who is signed in.'

/** `POST /api/oauth-token`: an access token, for services and operators alone. */
export async function accessTokenEndpoint(body: unknown, context: RestContext): Promise<Response> {
  const { viewer, accessTokens, events, now } = context
  if (!viewer) throw new NotSignedIn()
  if (viewer.kind === 'user') {
    const { kind: viewerKind, externalUserId } = viewer
    await events.record({ type: 'access_token_refused', viewerKind, externalUserId })
    throw new NotAllowed(NOT_FOR_PAGES)
  }
  const { scope } = parseBody(accessTokenBody, body)
  const token = await createAccessToken(scope, viewer, context)
  // One for less than everything must not open our connect tokens to its holder.
  if (opensEverything(token)) await accessTokens.add(token, now())
  const { accessToken, tokenType, expiresAt } = token
  return Response.json(
    {
      access_token: accessToken,
      token_type: tokenType,
      expires_in: Math.max(0, Math.floor((expiresAt.getTime() - now().getTime()) / 1000)),
      scope: token.scope,
    },
    { headers: { 'cache-control': 'no-store' } },
  )
}
