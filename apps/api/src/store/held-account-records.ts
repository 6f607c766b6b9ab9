import { NEVER } from './proofs.ts'
import { deadlineOf } from './flow-deadline.ts'
import { fromRow } from './flow-rows.ts'
import type { Database } from './open-database.ts'

/** A held account, for operators. */
export interface HeldAccountRecord {
  accountId: string
  externalUserId: string
  app: string | null
  since: Date
  /** Why it is held. */
  reason: 'not_confirmed' | 'not_finished' | 'finished_elsewhere' | 'unknown_age'
  flowId: string
  /** When the gateway will try to delete it at Pipedream; null: never, because there is no proof. */
  deletionAt: Date | null
  /** How many deletions have failed in a row. */
  attempts: number
  /** Why the last deletion failed, as a short code. */
  lastError: string | null
}

interface HeldAccountQuery {
  externalUserId?: string | undefined
  /** The ID of the account to start after. */
  after?: string | undefined
  limit: number
}

/** All users' held accounts, latest first. */
export interface HeldAccountRecords {
  /** Returns undefined if there is no account to start after. */
  list(query: HeldAccountQuery): Promise<HeldAccountRecord[] | undefined>
}

export function createHeldAccountRecords(
  { tables }: Pick<Database, 'tables'>,
  now: () => Date,
): HeldAccountRecords {
  return {
    async list({ externalUserId, after, limit }) {
      let query = tables
        .selectFrom('held_accounts')
        .selectAll()
        .where('removed_at', 'is', null)
        .where('released_at', 'is', null)
      if (externalUserId !== undefined) query = query.where('external_user_id', '=', externalUserId)
      if (after !== undefined) {
        const last = await tables
          .selectFrom('held_accounts')
          .select(['since', 'account_id'])
          .where('account_id', '=', after)
          .executeTakeFirst()
        if (!last) return undefined
        query = query.where((where) =>
          where.or([
            where('since', '<', last.since),
            where.and([where('since', '=', last.since), where('account_id', '<', last.account_id)]),
          ]),
        )
      }
      const rows = await query
        .orderBy('since', 'desc')
        .orderBy('account_id', 'desc')
        .limit(limit)
        .execute()
      const flows = await listFlows(rows.map(({ flow_id }) => flow_id))
      return rows.map((row) => ({
        accountId: row.account_id,
        externalUserId: row.external_user_id,
        app: row.app,
        since: new Date(row.since),
        reason: reasonOf(row, flows.get(row.flow_id)),
        flowId: row.flow_id,
        deletionAt: row.deadline === NEVER ? null : new Date(row.deadline),
        attempts: row.attempts,
        lastError: row.last_error,
      }))
    },
  }

  async function listFlows(ids: readonly string[]) {
    if (ids.length === 0) return new Map<string, ReturnType<typeof fromRow>>()
    const rows = await tables.selectFrom('flows').selectAll().where('id', 'in', ids).execute()
    return new Map(rows.map((row) => [row.id, fromRow(row)]))
  }

  // The row says why it was held when it was last seen; its flow may have ended since.
  function reasonOf(
    { reason }: { reason: string | null },
    flow: ReturnType<typeof fromRow> | undefined,
  ): HeldAccountRecord['reason'] {
    if (flow?.revokedAt) return 'finished_elsewhere'
    if (reason === 'unknown_age') return 'unknown_age'
    const isWaiting = flow?.status === 'open' && now() <= deadlineOf(flow)
    return isWaiting && reason === 'not_confirmed' ? 'not_confirmed' : 'not_finished'
  }
}
