import type { Selectable } from 'kysely'
import type { NewEvent } from './events.ts'
import type { Transaction } from './group-commit.ts'
import { deletionDate } from './proofs.ts'
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
  const { accountId } = holding
  const row = await tables
    .selectFrom('held_accounts')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  if (row && row.removed_at !== null) return false
  const isNew = !row || row.released_at !== null
  if (isNew && !(await mayHold(tables, holding, row))) return false
  const deadline = row?.removing_at ? row.deadline : await deletionDate(tables, accountId)
  const known = {
    flow_id: holding.flowId,
    app: holding.app ?? row?.app ?? null,
    account_created_at: holding.createdAt?.toISOString() ?? row?.account_created_at ?? null,
    reason: holding.reason,
    deadline,
  }
  const since = isNew ? event.at.toISOString() : row.since
  await tables
    .insertInto('held_accounts')
    .values({
      ...known,
      account_id: accountId,
      external_user_id: holding.externalUserId,
      since,
      removed_at: null,
      released_at: null,
      released_after: null,
      removing_at: null,
      last_error: null,
    })
    .onConflict((conflict) =>
      conflict.column('account_id').doUpdateSet({ ...known, since, released_at: null }),
    )
    .execute()
  const { externalUserId, flowId, app, reason } = holding
  if (isNew) transaction.append({ ...event, externalUserId, flowId, app, reason })
  return isNew
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
