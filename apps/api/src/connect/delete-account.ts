import type { Account } from 'pipedream-client/server'
import type { Services } from '../services.ts'
import type { ViewerKind } from '../store/events.ts'
import type { UpstreamCache } from '../pipedream/upstream-cache.ts'
import { isNotFound } from '../pipedream/upstream-error.ts'

/** Who deletes an account. */
interface Deleter {
  viewerKind: ViewerKind
  /** The operator, if the account belongs to another user. */
  actorId?: string
}

type Tools = Pick<Services, 'pipedream' | 'heldAccounts' | 'health'> & { cache: UpstreamCache }

/** Deletes a user's account at Pipedream, also if it is held, and records it. */
export async function deleteAccount(
  { id: accountId, app, externalUserId }: Account & { externalUserId: string },
  by: Deleter,
  { pipedream, cache, heldAccounts, health }: Tools,
): Promise<void> {
  try {
    await pipedream.accounts.delete(accountId)
  } catch (error) {
    // A concurrent request deleted it first, so the account is gone, as requested.
    if (!isNotFound(error)) throw error
  } finally {
    // Also after an error, because the account may be gone although the response was lost.
    cache.accounts.drop(externalUserId)
  }
  const wasHeld = await heldAccounts.remove(accountId, { reason: 'disconnected', ...by })
  const gone = { externalUserId, app: app?.slug ?? null, ...by }
  await health.forget({ accountId, gone: wasHeld ? undefined : gone })
}
