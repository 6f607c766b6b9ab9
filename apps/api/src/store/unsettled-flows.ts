import type { Database } from './open-database.ts'
import { type Flow, fromRow } from './flows.ts'

/** Flows that may still get an account: those that did not succeed, until they were checked after their deadline. */
export interface UnsettledFlows {
  /** Lists a user's flows of all apps: first the opened ones, last opened first, then the others, newest first. */
  list(externalUserId: string): Promise<Flow[]>
  /** Claims flows to check, longest waiting first; no other caller gets them before `retryAt`. */
  claim(options: { now: Date; retryAt: Date; limit: number }): Promise<Flow[]>
  /** Schedules the next check at `next`, or none if null; does nothing if the claim was lost. */
  release(id: string, options: { claimedUntil: Date; next: Date | null }): Promise<void>
}

export function createUnsettledFlows(database: Database): UnsettledFlows {
  return {
    async list(externalUserId) {
      const rows = await database.tables
        .selectFrom('flows')
        .selectAll()
        .where('external_user_id', '=', externalUserId)
        .where('settle_after', 'is not', null)
        .orderBy('opened_at', (opened) => opened.desc().nullsLast())
        .orderBy('created_at', 'desc')
        .execute()
      return rows.map(fromRow)
    },
    claim({ now, retryAt, limit }) {
      return database.commit(async ({ tables }) => {
        const due = tables
          .selectFrom('flows')
          .select('id')
          .where('settle_after', '<=', now.toISOString())
          .orderBy('settle_after')
          .limit(limit)
        const rows = await tables
          .updateTable('flows')
          .set({ settle_after: retryAt.toISOString() })
          .where('id', 'in', due)
          .returningAll()
          .execute()
        return rows.map(fromRow)
      })
    },
    async release(id, { claimedUntil, next }) {
      await database.commit(({ tables }) =>
        tables
          .updateTable('flows')
          .set({ settle_after: next?.toISOString() ?? null })
          .where('id', '=', id)
          .where('settle_after', '=', claimedUntil.toISOString())
          .execute(),
      )
    },
  }
}
