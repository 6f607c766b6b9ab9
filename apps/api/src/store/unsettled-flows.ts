import type { Database } from './open-database.ts'
import { type Flow, fromRow } from './flows.ts'

/** Flows of which something may still come: those that did not succeed, until their time is up and somebody has looked. */
export interface UnsettledFlows {
  /** A person's, of every app: first those that somebody opened, the latest first, then the others, the newest first. */
  list(externalUserId: string): Promise<Flow[]>
  /** Takes those to look at, the longest waiting first; nobody else gets them before `retryAt`. */
  claim(options: { now: Date; retryAt: Date; limit: number }): Promise<Flow[]>
  /** Looks again at `next`, or never when it is null; nothing happens if the claim was lost. */
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
