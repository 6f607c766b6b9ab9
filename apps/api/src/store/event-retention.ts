import { type Kysely, sql } from 'kysely'
import type { EngineName } from './engine.ts'
import { SQLITE_DELETION_GUARD } from './migrations.ts'
import type { Database } from './open-database.ts'
import type { Tables } from './tables.ts'

// Each batch is a transaction, between which other writes run.
const BATCH = 500
const BATCHES = 20

/** Deletes events that are older than configured. */
export interface EventRetention {
  /** Deletes up to 10,000 of the oldest events. The newest event stays, so that the ID to subscribe after is known. */
  deleteExpired(): Promise<void>
}

export function createEventRetention(
  database: Database,
  { keptMs, now }: { keptMs: number | undefined; now: () => Date },
): EventRetention {
  async function deleteBatch(at: Date, before: string): Promise<boolean> {
    // Events from when the clock was ahead, however many, are as old as the ones after them.
    const oldest = await database.tables
      .selectFrom('events')
      .select(['id', 'at'])
      .where('at', '<=', at.toISOString())
      .orderBy('id')
      .limit(BATCH + 1)
      .execute()
    // The last one read is the newest event, or belongs to the next batch.
    const last = oldest.slice(0, -1).findLast((event) => event.at < before)
    if (!last) return false
    await database.commit(({ tables }) =>
      permitDeletion(tables, database.engine, () =>
        tables
          .deleteFrom('events')
          .where('id', 'in', (select) =>
            select
              .selectFrom('events')
              .select('id')
              .where('id', '<=', last.id)
              .orderBy('id')
              .limit(BATCH),
          )
          .execute(),
      ),
    )
    return true
  }

  return {
    async deleteExpired() {
      if (keptMs === undefined) return
      const at = now()
      const before = new Date(at.getTime() - keptMs).toISOString()
      for (let batch = 0; batch < BATCHES; batch += 1) {
        if (!(await deleteBatch(at, before))) return
      }
    },
  }
}

/** Runs a deletion that the database otherwise rejects. Nothing else runs in the transaction meanwhile. */
async function permitDeletion(
  tables: Kysely<Tables>,
  engine: EngineName,
  run: () => Promise<unknown>,
): Promise<void> {
  const [permit, forbid] = engine === 'sqlite' ? SQLITE : POSTGRES
  await permit.execute(tables)
  await run()
  await forbid.execute(tables)
}

const SQLITE = [sql`drop trigger events_stay`, SQLITE_DELETION_GUARD] as const
// Until the end of the transaction, and for its connection alone.
const POSTGRES = [
  sql`select set_config('connected_accounts.may_delete_events', 'on', true)`,
  sql`select set_config('connected_accounts.may_delete_events', 'off', true)`,
] as const
