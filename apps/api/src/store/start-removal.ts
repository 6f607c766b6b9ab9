import type { Selectable } from 'kysely'
import { stamp } from './events.ts'
import { deadlineOf } from './flow-deadline.ts'
import { fromRow } from './flow-rows.ts'
import { closeFlow, whyExpired } from './flow-transitions.ts'
import type { Transaction } from './group-commit.ts'
import { selectProven } from './proofs.ts'
import type { FlowsTable } from './tables.ts'

interface Removal {
  accountId: string
  /** The flow that is proven to have created the account. */
  flowId: string
  at: Date
}

/**
 * Marks an account as being removed, if it may still be deleted. A deletion at Pipedream cannot be undone, so whatever could
 * make the account usable meanwhile is refused after this commit, or was committed before and prevents it. The clocks of
 * replicas differ, so a flow whose time is up here is also expired.
 */
export async function startRemoval(
  transaction: Transaction,
  { accountId, flowId, at }: Removal,
): Promise<boolean> {
  const { tables } = transaction
  const proof = await selectProven(tables, accountId).where('id', '=', flowId).executeTakeFirst()
  if (!proof || !(await mayDelete(transaction, { proof, accountId, at }))) return false
  const marked = await tables
    .updateTable('held_accounts')
    .set({ removing_at: at.toISOString() })
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .where('released_at', 'is', null)
    .returning('account_id')
    .executeTakeFirst()
  if (!marked) return false
  const outcome = { status: 'expired', type: 'flow_expired', error: whyExpired } as const
  const event = stamp({ type: outcome.type }, at)
  await closeFlow(transaction, { id: flowId, outcome, event })
  return true
}

// What was confirmed is deleted only if the very flow that created it was revoked.
async function mayDelete(
  { tables }: Transaction,
  { proof, accountId, at }: { proof: Selectable<FlowsTable>; accountId: string; at: Date },
): Promise<boolean> {
  const { revokedAt, status, expiresAt } = fromRow(proof)
  if (revokedAt !== null) return true
  if (status === 'succeeded' || at <= deadlineOf({ expiresAt })) return false
  const confirmed = await tables
    .selectFrom('flows')
    .select('id')
    .where('account_id', '=', accountId)
    .where('status', '=', 'succeeded')
    .executeTakeFirst()
  return confirmed === undefined
}
