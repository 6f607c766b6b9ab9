import { type AccessToken, PipedreamError } from 'pipedream-client/server'
import type { Viewer } from '../auth/viewer.ts'
import type { Services } from '../services.ts'
import { InvalidInput } from '../errors.ts'
import { readText } from '../read-text.ts'

/**
 * Mints an access token for the whole workspace, and records who did. For services and operators only. The
 * returned `scope` is the granted one if Pipedream reports it, otherwise the requested one; null if there is neither.
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

// The scope is the only part of this request that comes from the caller, so a bad request is about the scope.
function refuseScope(asked: string | undefined, error: unknown): never {
  const isRefused = error instanceof PipedreamError && error.code === 'ERR_BAD_REQUEST'
  if (asked === undefined || !isRefused) throw error
  throw new InvalidInput(
    'scope',
    `Pipedream rejected the scope “${asked}”. Use “*” or a scope such as “connect:accounts:read”.`,
  )
}

/** Whether a token of this scope has full access. Pipedream treats a missing scope as `*`. */
export function hasFullAccess({ scope }: Pick<AccessToken, 'scope'>): boolean {
  return scope === null || scope.split(/\s+/).includes('*')
}
