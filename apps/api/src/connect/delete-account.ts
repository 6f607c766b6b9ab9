import type { Account } from 'pipedream-client/server'
import type { Services } from '../services.ts'
import type { ViewerKind } from '../store/events.ts'
import type { UpstreamCache } from '../pipedream/upstream-cache.ts'
import { isNotFound } from '../pipedream/upstream-error.ts'

/** Who deletes an account. */
interface Deleter {
  viewerKind: ViewerKind
  /** The operator, when the account is somebody else's. */
  actorId?: string
}

type Tools = Pick<Services, 'pipedream' | 'heldAccounts' | 'health'> & { cache: UpstreamCache }

/** Deletes a person's account at Pipedream, also one that is held, and records it. */
export async function deleteAccount(
  { id: accountId, app, externalUserId }: Account & { externalUserId: string },
  by: Deleter,
  { pipedream, cache, heldAccounts, health }: Tools,
): Promise<void> {
  try {
    await pipedream.accounts.delete(accountId)
  } catch (error) {
    // Somebody else was faster: it is gone, which is what was asked.
    if (!isNotFound(error)) throw error
  } finally {
    // Also when it failed: only the answer may have been lost.
    cache.accounts.drop(externalUserId)
  }
  const wasHeld = await heldAccounts.remove(accountId, { reason: 'disconnected', ...by })
  const gone = { externalUserId, app: app?.slug ?? null, ...by }
  await health.forget({ accountId, gone: wasHeld ? undefined : gone })
}
