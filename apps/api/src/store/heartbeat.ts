import { randomUUID } from 'node:crypto'
import type { Transaction } from './group-commit.ts'
import type { Database } from './open-database.ts'
import { expireProofs } from './proofs.ts'

/** How often a running gateway beats. */
export const BEAT_MS = 15_000

const GAP_MS = 4 * BEAT_MS
const DAY_MS = 86_400_000

/**
 * Shows that the gateway has run on this database without a break. After a break, the database may be a restored backup or
 * have lost its last writes, so it does not know what was confirmed since; older proofs then no longer delete accounts.
 *
 * Each replica has its own row and compares it with its own clock, so the clocks of replicas may differ.
 */
export interface Heartbeat {
  /**
   * Records that this replica runs. Expires all proofs if it has not for more than a minute, if its clock was changed by as
   * much, or if the database has lost its last beat; and on the first beat, if no replica has run within the last minute.
   */
  beat(): Promise<void>
}

export function createHeartbeat(database: Database, now: () => Date): Heartbeat {
  const id = randomUUID()
  let last: Date | undefined
  let current: Promise<void> | undefined

  async function beat(): Promise<void> {
    const at = now()
    const before = last
    await database.commit(async ({ tables }) => {
      const isUnbroken = before
        ? isNear(before, at) && (await hasBeat(tables, { id, at: before }))
        : await isAnyRunning(tables, at)
      if (!isUnbroken) {
        await expireProofs({ tables }, at)
        await tables.deleteFrom('reported_accounts').execute()
      }
      if (!before) await forgetOlder(tables, at)
      await tables
        .insertInto('heartbeat')
        .values({ id, at: at.toISOString() })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ at: at.toISOString() }))
        .execute()
    })
    last = at
  }

  return {
    // One at a time: another one would compare with a beat that is not stored yet.
    beat() {
      current ??= beat().finally(() => {
        current = undefined
      })
      return current
    },
  }
}

function isNear(one: Date, other: Date): boolean {
  return Math.abs(one.getTime() - other.getTime()) <= GAP_MS
}

type Reader = Transaction['tables']

async function hasBeat(tables: Reader, { id, at }: { id: string; at: Date }): Promise<boolean> {
  const row = await tables
    .selectFrom('heartbeat')
    .select('at')
    .where('id', '=', id)
    .executeTakeFirst()
  // Later if the last beat was stored without the gateway's learning of it.
  return row !== undefined && new Date(row.at) >= at
}

// A replica whose clock differs by more than a minute does not count. That is safe: proofs expire once, when another starts.
async function isAnyRunning(tables: Reader, at: Date): Promise<boolean> {
  const rows = await tables.selectFrom('heartbeat').select('at').execute()
  return rows.some((row) => isNear(new Date(row.at), at))
}

async function forgetOlder(tables: Reader, at: Date): Promise<void> {
  const dayAgo = new Date(at.getTime() - DAY_MS).toISOString()
  await tables.deleteFrom('heartbeat').where('at', '<', dayAgo).execute()
}
