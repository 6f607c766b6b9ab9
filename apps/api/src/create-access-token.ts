import type { AccessToken } from 'pipedream-client/server'
import type { SignedInContext } from './context.ts'
import { readText } from './text-input.ts'

/**
 * Mints an access token, which opens the whole workspace, and records who did. For services and operators alone. Its
 * `scope` is what Pipedream says that it granted, else what was asked for; null when neither says anything.
 */
export async function createAccessToken(
  scope: string | null | undefined,
  { viewer, pipedream, events }: Pick<SignedInContext, 'viewer' | 'pipedream' | 'events'>,
): Promise<AccessToken> {
  const asked = readText('scope', scope)
  const token = await pipedream.oauthTokens.create({ scope: asked })
  await events.record({
    type: 'access_token_created',
    viewerKind: viewer.kind,
    externalUserId: viewer.kind === 'service' ? null : viewer.externalUserId,
  })
  return { ...token, scope: token.scope ?? asked ?? null }
}

/** Whether a token of this scope may do everything: Pipedream reads none at all as `*`. */
export function opensEverything({ scope }: Pick<AccessToken, 'scope'>): boolean {
  return scope === null || scope.split(/\s+/).includes('*')
}
