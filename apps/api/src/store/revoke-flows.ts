import type { Selectable } from 'kysely'
import type { NewEvent } from './events.ts'
import { REVOCABLE_MS } from './flow-deadline.ts'
import { aboutFlow } from './flow-rows.ts'
import { TOLERANCE_MS } from './flow-windows.ts'
import type { Transaction } from './group-commit.ts'
import { countRevocations, writeHolds } from './hold-account.ts'
import { portionsOf } from './portions.ts'
import { FIRST, scheduleDeletions } from './proofs.ts'
import type { FlowsTable } from './tables.ts'

const REASON = 'finished_elsewhere'

/** Fails a flow and holds what it is known to have created, even if it was confirmed. The flow becomes due first. */
export async function revokeFlow(
  transaction: Transaction,
  { id, event }: { id: string; event: NewEvent },
): Promise<boolean> {
  const { tables, append } = transaction
  const at = event.at.toISOString()
  const before = await tables
    .selectFrom('flows')
    .select(['account_id', 'external_user_id'])
    .where('id', '=', id)
    .where('burned_at', 'is', null)
    .executeTakeFirst()
  if (!before) return false
  const revocation = 1 + (await countRevocations(tables, before.external_user_id))
  const revoked = await tables
    .updateTable('flows')
    .set({ status: 'failed', account_id: null, error: event.reason ?? null })
    .set({ closed_at: at, burned_at: at, revocation, settle_after: FIRST })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  append({ ...event, ...aboutFlow(revoked) })
  const { rows, ids } = await listKnown(tables, revoked, before.account_id)
  const rowOf = new Map(rows.map((row) => [row.account_id, row]))
  const { flowId, externalUserId, app } = aboutFlow(revoked)
  const holdings = ids.map((accountId) => ({
    accountId,
    flowId,
    externalUserId,
    // A proven account may be of another app than the flow: the holder of the token chooses it.
    app: rowOf.get(accountId)?.app ?? (accountId === before.account_id ? app : null),
    createdAt: null,
    reason: REASON,
  }))
  const held = { ...event, type: 'account_held' } as const
  await writeHolds(transaction, { holdings, rows, event: held })
  return true
}

/** Lists the accounts that a flow is known to have created or was confirmed with, and the rows of those that have one. */
async function listKnown(
  tables: Transaction['tables'],
  flow: Selectable<FlowsTable>,
  confirmedId: string | null,
) {
  const proofs = await selectProofs(tables, [flow.id]).execute()
  const named = [...proofs.map(({ account_id }) => account_id), confirmedId]
  const namedIds = named.filter((accountId) => accountId !== null)
  const rows = await listHeldInWindow(tables, flow)
  for (const portion of portionsOf(namedIds)) {
    const held = tables.selectFrom('held_accounts').selectAll()
    rows.push(...(await held.where('account_id', 'in', portion).execute()))
  }
  return { rows, ids: [...new Set([...rows.map((row) => row.account_id), ...namedIds])] }
}

// Also accounts that were kept: their row says when they were created.
function listHeldInWindow(tables: Transaction['tables'], flow: Selectable<FlowsTable>) {
  const start = new Date(flow.window_start ?? flow.created_at)
  const from = new Date(start.getTime() - TOLERANCE_MS).toISOString()
  return tables
    .selectFrom('held_accounts')
    .selectAll()
    .where('external_user_id', '=', flow.external_user_id)
    .where('removed_at', 'is', null)
    .where((where) =>
      where.or([
        where('flow_id', '=', flow.id),
        where.and([
          where('account_created_at', '>=', from),
          where('account_created_at', '<=', flow.window_end ?? flow.expires_at),
        ]),
      ]),
    )
    .execute()
}

/** Binds a flow to another browser of its user, unless it was revoked or bound to nothing. */
export async function bindFlow(
  { tables }: Transaction,
  { id, browserHash }: { id: string; browserHash: string },
): Promise<void> {
  await tables
    .updateTable('flows')
    .set({ browser_hash: browserHash })
    .where('id', '=', id)
    .where('browser_hash', 'is not', null)
    .where('burned_at', 'is', null)
    .execute()
}

/** Marks the flows of a browser whose time is not up. */
export async function signOutFlows(
  { tables }: Transaction,
  { browserHash, at }: { browserHash: string; at: Date },
): Promise<void> {
  const flows = await tables
    .updateTable('flows')
    .set({ signed_out_at: at.toISOString() })
    .where('browser_hash', '=', browserHash)
    .where('expires_at', '>=', longAgo(at))
    .where('signed_out_at', 'is', null)
    .returning('id')
    .execute()
  const ids = flows.map(({ id }) => id)
  if (ids.length === 0) return
  const proofs = await selectProofs(tables, ids).distinct().execute()
  await scheduleDeletions(
    tables,
    proofs.map(({ account_id }) => account_id),
  )
}

function selectProofs(tables: Transaction['tables'], flowIds: readonly string[]) {
  return tables.selectFrom('proofs').select('account_id').where('flow_id', 'in', flowIds)
}

// A flow that expired earlier can be neither revoked nor confirmed.
function longAgo(at: Date): string {
  return new Date(at.getTime() - REVOCABLE_MS).toISOString()
}
