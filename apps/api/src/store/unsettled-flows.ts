import { fromRow } from './flow-rows.ts'
import type { Flow } from './flows.ts'
import type { Database } from './open-database.ts'

/** A flow to check at Pipedream. */
export interface DueFlow extends Flow {
  /** How many checks have failed in a row. */
  attempts: number
  /** Where to continue the list of the user's accounts; null: at its start. */
  cursor: string | null
  /** When that list was started; null: unknown. */
  listStartedAt: Date | null
}

/** What becomes of checked flows. */
export interface Checked {
  /** When the next check is due; null: none. */
  next: Date | null
  /** Where the next check continues. */
  cursor?: string | null
  /** When the list of `cursor` was started. */
  listStartedAt?: Date | null
  /** Why the check failed, as a short code; null: it did not. */
  error?: string | null
}

/** Flows whose tokens may still create accounts: all, until they were checked after their deadline. */
export interface UnsettledFlows {
  /**
   * Claims all due flows of some users: those of revoked flows first, then those waiting longest. No other caller gets them
   * before `retryAt`.
   */
  claim(options: { now: Date; retryAt: Date; users: number }): Promise<DueFlow[]>
  /** Schedules the next check of claimed flows; does nothing for a flow whose claim was lost. */
  release(ids: readonly string[], options: Checked & { claimedUntil: Date }): Promise<void>
  /** Makes a flow due now, unless it is settled. */
  makeDue(id: string, now: Date): Promise<void>
}

// One user's many flows are checked together, but in portions.
const FLOWS_MAX = 500

export function createUnsettledFlows(database: Database): UnsettledFlows {
  return {
    claim({ now, retryAt, users }) {
      return database.commit(async ({ tables }) => {
        const due = tables.selectFrom('flows').where('settle_after', '<=', now.toISOString())
        const first = await due
          .select('external_user_id')
          .orderBy('settle_after')
          .limit(users)
          .execute()
        const people = [...new Set(first.map(({ external_user_id }) => external_user_id))]
        if (people.length === 0) return []
        const portion = due.select('id').where('external_user_id', 'in', people).limit(FLOWS_MAX)
        const rows = await tables
          .updateTable('flows')
          .set({ settle_after: retryAt.toISOString() })
          .where('id', 'in', portion)
          .returningAll()
          .execute()
        return rows.map((row) =>
          Object.assign(fromRow(row), {
            attempts: row.attempts,
            cursor: row.cursor,
            listStartedAt: row.list_started_at === null ? null : new Date(row.list_started_at),
          }),
        )
      })
    },
    async release(ids, { claimedUntil, next, cursor = null, error = null, listStartedAt = null }) {
      await database.commit(({ tables }) =>
        tables
          .updateTable('flows')
          .set((update) => ({
            settle_after: next?.toISOString() ?? null,
            cursor,
            list_started_at: listStartedAt?.toISOString() ?? null,
            last_error: error,
            attempts: error === null ? 0 : update('attempts', '+', 1),
          }))
          .where('id', 'in', ids)
          .where('settle_after', '=', claimedUntil.toISOString())
          .execute(),
      )
    },
    async makeDue(id, now) {
      await database.commit(({ tables }) =>
        tables
          .updateTable('flows')
          .set({ settle_after: now.toISOString() })
          .where('id', '=', id)
          .where('settle_after', 'is not', null)
          .execute(),
      )
    },
  }
}
