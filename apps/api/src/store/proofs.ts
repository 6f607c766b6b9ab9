import { deadlineOf, LONGEST_LIFETIME_MS, REVOCABLE_MS } from './flow-deadline.ts'
import type { Transaction } from './group-commit.ts'
import { portionsOf } from './portions.ts'

/** Without a proof, an account is never deleted. An older version that still runs deletes what is past its deadline. */
export const NEVER = '9999-12-31T23:59:59.999Z'

/** Comes first in each queue: what a revoked flow created. */
export const FIRST = '1970-01-01T00:00:00.000Z'

// A person tries a few times.
const LATEST = 10

/** Pipedream's webhook named this new account, at the secret address and with the connect token of this flow. */
export interface Proof {
  flowId: string
  accountId: string
}

type Reader = Pick<Transaction['tables'], 'selectFrom'>

/** Selects the flows that are proven to have created an account, if the proofs may delete it. */
export function selectProven(tables: Reader, accountId: string) {
  const proofs = tables
    .selectFrom('proofs')
    .select('flow_id')
    .where('account_id', '=', accountId)
    .where('expired_at', 'is', null)
  return tables
    .selectFrom('flows')
    .selectAll()
    .where('id', 'in', proofs)
    .where('signed_out_at', 'is', null)
}

export async function listProofs(tables: Reader, accountIds: readonly string[]): Promise<Proof[]> {
  if (accountIds.length === 0) return []
  const proofs = tables.selectFrom('proofs').where('account_id', 'in', accountIds)
  return proofs.select(['flow_id as flowId', 'account_id as accountId']).execute()
}

/** Lists the accounts that a flow is proven to have created, the latest first. */
export async function listCreated(tables: Reader, flowId: string): Promise<string[]> {
  const rows = await tables
    .selectFrom('proofs')
    .select('account_id')
    .where('flow_id', '=', flowId)
    .orderBy('proven_at', 'desc')
    .orderBy('account_id')
    .limit(LATEST)
    .execute()
  return rows.map((row) => row.account_id)
}

/**
 * Records proofs. Their accounts become due for deletion when the flow's time is up, or immediately if it is revoked. Returns
 * whether one of them is new.
 */
export async function recordProofs(
  { tables }: Transaction,
  { proofs, at }: { proofs: readonly Proof[]; at: Date },
): Promise<boolean> {
  const proven_at = at.toISOString()
  const recorded = await tables
    .insertInto('proofs')
    .values(
      proofs.map(({ flowId, accountId }) => ({
        flow_id: flowId,
        account_id: accountId,
        proven_at,
      })),
    )
    .onConflict((conflict) => conflict.columns(['flow_id', 'account_id']).doNothing())
    .returning('account_id')
    .execute()
  await scheduleDeletions(tables, [...new Set(recorded.map(({ account_id }) => account_id))])
  return recorded.length > 0
}

/** Updates when to try to delete held accounts, after their proofs have changed. */
export async function scheduleDeletions(
  tables: Transaction['tables'],
  accountIds: readonly string[],
): Promise<void> {
  const dates = await deletionDates(tables, accountIds)
  const byDate = Map.groupBy(accountIds, (accountId) => dates.get(accountId) ?? NEVER)
  for (const [deadline, ids] of byDate) {
    for (const portion of portionsOf(ids)) {
      await tables
        .updateTable('held_accounts')
        .set({ deadline })
        .where('account_id', 'in', portion)
        .where('removed_at', 'is', null)
        .where('released_at', 'is', null)
        .where('removing_at', 'is', null)
        .execute()
    }
  }
}

/** When to try to delete accounts, as far as their proofs go; the remover checks the rest. Without those that are never deleted. */
export async function deletionDates(
  tables: Reader,
  accountIds: readonly string[],
): Promise<Map<string, string>> {
  const dates = new Map<string, string>()
  for (const portion of portionsOf(accountIds)) {
    const rows = await tables
      .selectFrom('proofs')
      .innerJoin('flows', 'flows.id', 'proofs.flow_id')
      .where('proofs.account_id', 'in', portion)
      .where('proofs.expired_at', 'is', null)
      .where('flows.signed_out_at', 'is', null)
      .groupBy('proofs.account_id')
      .select(({ fn }) => [
        'proofs.account_id',
        fn.min('flows.expires_at').as('expires_at'),
        fn.count('flows.burned_at').as('revoked'),
      ])
      .execute()
    for (const { account_id, expires_at, revoked } of rows) {
      const isRevoked = Number(revoked) > 0
      dates.set(account_id, isRevoked ? FIRST : afterDeadline({ expiresAt: new Date(expires_at) }))
    }
  }
  return dates
}

function afterDeadline(flow: { expiresAt: Date }): string {
  return new Date(deadlineOf(flow).getTime() + 1).toISOString()
}

/** Makes all proofs that could delete an account too old to do so. */
export async function expireProofs(
  { tables }: Pick<Transaction, 'tables'>,
  at: Date,
): Promise<void> {
  const scheduled = tables
    .selectFrom('held_accounts')
    .select('account_id')
    .where('removed_at', 'is', null)
    .where('deadline', '<', NEVER)
  const expired_at = at.toISOString()
  await tables
    .updateTable('proofs')
    .set({ expired_at })
    .where('account_id', 'in', scheduled)
    .execute()
  // A flow that was proven earlier can no longer be revoked.
  const longAgo = new Date(at.getTime() - LONGEST_LIFETIME_MS - REVOCABLE_MS)
  await tables
    .updateTable('proofs')
    .set({ expired_at })
    .where('proven_at', '>=', longAgo.toISOString())
    .where('expired_at', 'is', null)
    .execute()
  // The remover finds out what became of a deletion that has started.
  await tables
    .updateTable('held_accounts')
    .set({ deadline: NEVER })
    .where('removed_at', 'is', null)
    .where('removing_at', 'is', null)
    .where('deadline', '<', NEVER)
    .execute()
}
