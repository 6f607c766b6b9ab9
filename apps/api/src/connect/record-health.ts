import type { Account } from 'pipedream-client/server'
import type { Services } from '../services.ts'
import type { Health } from '../store/account-health.ts'

/** Compares accounts that were just read with their last known health, and records each change as an event. */
export async function recordHealth(
  accounts: readonly Account[],
  { health }: Pick<Services, 'health'>,
): Promise<void> {
  await health.record(
    accounts.flatMap((account) => {
      const { id: accountId, externalUserId, app } = account
      if (externalUserId === null) return []
      return [{ accountId, externalUserId, app: app?.slug ?? null, health: healthOf(account) }]
    }),
  )
}

function healthOf({ healthy, dead }: Account): Health {
  if (dead) return 'dead'
  return healthy === false ? 'unhealthy' : 'healthy'
}
