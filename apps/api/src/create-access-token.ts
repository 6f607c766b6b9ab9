import type { AccessToken } from 'pipedream-client/server'
import type { SignedInContext } from './context.ts'
import { readText } from './text-input.ts'

/** Mints an access token, which opens the whole workspace, and records who did. For services and operators alone. */
export async function createAccessToken(
  scope: string | null | undefined,
  { viewer, pipedream, events }: Pick<SignedInContext, 'viewer' | 'pipedream' | 'events'>,
): Promise<AccessToken> {
  const token = await pipedream.oauthTokens.create({ scope: readText('scope', scope) })
  await events.record({
    type: 'access_token_created',
    viewerKind: viewer.kind,
    externalUserId: viewer.kind === 'service' ? null : viewer.externalUserId,
  })
  return token
}
