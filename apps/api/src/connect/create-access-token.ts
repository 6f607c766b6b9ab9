import { type AccessToken, PipedreamError } from 'pipedream-client/server'
import type { Viewer } from '../auth/viewer.ts'
import type { Services } from '../services.ts'
import { InvalidInput, readText } from '../errors.ts'

/**
 * Mints an access token, which opens the whole workspace, and records who did. For services and operators alone. Its
 * `scope` is what Pipedream says that it granted, else what was asked for; null when neither says anything.
 * Throws `InvalidInput` for a scope that Pipedream does not know.
 */
export async function createAccessToken(
  scope: string | null | undefined,
  viewer: Viewer,
  { pipedream, events }: Pick<Services, 'pipedream' | 'events'>,
): Promise<AccessToken> {
  const asked = readText('scope', scope)
  const token = await pipedream.oauthTokens
    .create({ scope: asked })
    .catch((error: unknown) => refuseScope(asked, error))
  await events.record({
    type: 'access_token_created',
    viewerKind: viewer.kind,
    externalUserId: viewer.kind === 'service' ? null : viewer.externalUserId,
  })
  return { ...token, scope: token.scope ?? asked ?? null }
}

// Nothing else of this request comes from the caller, so what Pipedream calls a bad request is the scope.
function refuseScope(asked: string | undefined, error: unknown): never {
  const isRefused = error instanceof PipedreamError && error.code === 'ERR_BAD_REQUEST'
  if (asked === undefined || !isRefused) throw error
  throw new InvalidInput(
    'scope',
    `Pipedream refuses the scope “${asked}”. Use “*”, or one such as “connect:accounts:read”.`,
  )
}

/** Whether a token of this scope may do everything: Pipedream reads none at all as `*`. */
export function opensEverything({ scope }: Pick<AccessToken, 'scope'>): boolean {
  return scope === null || scope.split(/\s+/).includes('*')
}
