import { z } from 'zod'
import { createAccessToken } from '../create-access-token.ts'
import { NotAllowed, NotSignedIn } from '../errors.ts'
import { parseBody } from './parse-body.ts'
import type { TwinContext } from './rest-twins.ts'

const SCOPE = 'Give “scope” as a text, or leave it out.'

const accessTokenBody = z.object({ scope: z.string({ error: SCOPE }).nullish() })

/** `POST /api/oauth-token`: an access token, for services and operators alone. */
export async function handOutAccessToken(body: unknown, context: TwinContext): Promise<Response> {
  const { viewer, accessTokens, events, now } = context
  if (!viewer) throw new NotSignedIn()
  if (viewer.kind === 'user') {
    const { kind: viewerKind, externalUserId } = viewer
    await events.record({ type: 'access_token_refused', viewerKind, externalUserId })
    throw new NotAllowed('Only an operator or a service of this product may do this.')
  }
  const { scope } = parseBody(accessTokenBody, body)
  const token = await createAccessToken(scope, { ...context, viewer })
  // One for less than everything must not open our connect tokens to whoever holds it.
  if (scope == null) await accessTokens.add(token, now())
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
