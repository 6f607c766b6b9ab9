import type { Database } from './open-database.ts'
import { expireProofs } from './revoke-and-prove.ts'

// Four times the longest pause between two beats of a running gateway with the default settings.
const GAP_MS = 60_000

/**
 * Shows that a replica of the gateway has run without a break. After a break, the database may be a restored backup, which
 * does not know what was confirmed since; so older proofs no longer delete accounts.
 */
export interface Heartbeat {
  /** Records that the gateway runs; expires all proofs if it has not for more than a minute, or if the clock was set back. */
  beat(): Promise<void>
}

export function createHeartbeat(database: Database, now: () => Date): Heartbeat {
  return {
    async beat() {
      const at = now()
      await database.commit(async ({ tables }) => {
        const last = await tables
          .selectFrom('heartbeat')
          .select('at')
          .where('id', '=', 'reconciler')
          .executeTakeFirst()
        const pauseMs = at.getTime() - new Date(last?.at ?? 0).getTime()
        if (Math.abs(pauseMs) > GAP_MS) await expireProofs({ tables }, at)
        await tables
          .insertInto('heartbeat')
          .values({ id: 'reconciler', at: at.toISOString() })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ at: at.toISOString() }))
          .execute()
      })
    },
  }
}
