import type { Selectable } from 'kysely'
import type { NewEvent } from './events.ts'
import type { Transaction } from './group-commit.ts'
import { portionsOf } from './portions.ts'
import { deletionDates, NEVER } from './proofs.ts'
import type { HeldAccountsTable } from './tables.ts'

/** What is known of an account to hold. */
export interface Holding {
  accountId: string
  externalUserId: string
  /** Slug of its app; null: unknown. */
  app: string | null
  /** By Pipedream's clock; null: unknown. */
  createdAt: Date | null
  flowId: string
  reason: string
}

type Row = Selectable<HeldAccountsTable>

/** Holds an account, or updates what is known of a held one. Returns whether it was usable before. */
export async function holdAccount(
  transaction: Transaction,
  { event, ...holding }: Holding & { event: NewEvent },
): Promise<boolean> {
  const { tables } = transaction
  const row = await tables
    .selectFrom('held_accounts')
    .selectAll()
    .where('account_id', '=', holding.accountId)
    .executeTakeFirst()
  const isUsable = !row || row.released_at !== null
  if (isUsable && !(await mayHold(tables, holding, row))) return false
  const held = await writeHolds(transaction, { holdings: [holding], rows: row ? [row] : [], event })
  return held > 0
}

interface Holds {
  holdings: readonly Holding[]
  /** The rows of those accounts that have one, read in this transaction. */
  rows: readonly Row[]
  /** The event for each account that was usable before. */
  event: NewEvent
}

/**
 * Holds accounts, or updates what is known of held ones; leaves removed ones as they are. Returns how many were usable before. In
 * few statements: the holder of a connect token can create thousands of accounts, and a commit that takes long fails, while
 * all other writers wait.
 */
export async function writeHolds(
  { tables, append }: Transaction,
  { holdings, rows, event }: Holds,
): Promise<number> {
  const rowOf = new Map(rows.map((row) => [row.account_id, row]))
  const present = holdings.filter(({ accountId }) => !rowOf.get(accountId)?.removed_at)
  const dates = await deletionDates(
    tables,
    present.map(({ accountId }) => accountId),
  )
  let count = 0
  const values = present.map(({ accountId, externalUserId, flowId, reason, ...holding }) => {
    const row = rowOf.get(accountId)
    const isUsable = !row || row.released_at !== null
    const app = holding.app ?? row?.app ?? null
    if (isUsable) {
      count += 1
      append({ ...event, accountId, externalUserId, flowId, app, reason })
    }
    return {
      account_id: accountId,
      flow_id: flowId,
      external_user_id: externalUserId,
      app,
      since: isUsable ? event.at.toISOString() : row.since,
      account_created_at: holding.createdAt?.toISOString() ?? row?.account_created_at ?? null,
      reason,
      deadline: row?.removing_at ? row.deadline : (dates.get(accountId) ?? NEVER),
    }
  })
  for (const portion of portionsOf(values)) {
    await tables
      .insertInto('held_accounts')
      .values(portion)
      .onConflict((conflict) =>
        conflict.column('account_id').doUpdateSet((update) => ({
          flow_id: update.ref('excluded.flow_id'),
          app: update.ref('excluded.app'),
          since: update.ref('excluded.since'),
          account_created_at: update.ref('excluded.account_created_at'),
          reason: update.ref('excluded.reason'),
          deadline: update.ref('excluded.deadline'),
          released_at: null,
        })),
      )
      .execute()
  }
  return count
}

// What was confirmed, kept or released since the caller looked is held again only for a flow that was revoked later.
async function mayHold(
  tables: Transaction['tables'],
  { accountId, flowId }: Holding,
  released: Row | undefined,
): Promise<boolean> {
  const revoked = await tables
    .selectFrom('flows')
    .select('revocation')
    .where('id', '=', flowId)
    .where('burned_at', 'is not', null)
    .executeTakeFirst()
  // Not by time, because the clocks of replicas differ.
  if (revoked) return !released || isLater(revoked.revocation, released.released_after)
  if (released) return false
  const confirmed = await tables
    .selectFrom('flows')
    .select('id')
    .where('account_id', '=', accountId)
    .where('status', '=', 'succeeded')
    .executeTakeFirst()
  return confirmed === undefined
}

/** Whether a revocation was committed after a release. An older version numbers neither. */
export function isLater(revocation: number | null, releasedAfter: number | null): boolean {
  return revocation === null || revocation > (releasedAfter ?? 0)
}

/** The number of a user's latest revocation; 0 if no flow was revoked. */
export async function countRevocations(
  tables: Pick<Transaction['tables'], 'selectFrom'>,
  externalUserId: string,
): Promise<number> {
  const { latest } = await tables
    .selectFrom('flows')
    .select(({ fn }) => fn.max('revocation').as('latest'))
    .where('external_user_id', '=', externalUserId)
    .executeTakeFirstOrThrow()
  return latest ?? 0
}

/** Releases an account whose flow was confirmed, in the same commit; does nothing if it was not held. */
export async function releaseConfirmed(
  { tables, append }: Transaction,
  event: NewEvent & { accountId: string },
): Promise<void> {
  const released = await tables
    .deleteFrom('held_accounts')
    .where('account_id', '=', event.accountId)
    .returning('released_at')
    .executeTakeFirst()
  if (released?.released_at === null) append({ ...event, type: 'account_released' })
}
