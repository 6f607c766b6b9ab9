import type { Selectable } from 'kysely'
import type { NewEvent } from './events.ts'
import { REVOCABLE_MS } from './flow-deadline.ts'
import { aboutFlow } from './flow-rows.ts'
import { TOLERANCE_MS } from './flow-windows.ts'
import type { Transaction } from './group-commit.ts'
import { countRevocations } from './hold-account.ts'
import { portionsOf } from './portions.ts'
import { deletionDates, FIRST, NEVER, scheduleDeletions } from './proofs.ts'
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
  const held = { ...event, type: 'account_held', reason: REASON } as const
  await holdAccountsOf(transaction, revoked, { confirmedId: before.account_id, event: held })
  return true
}

interface Holding {
  /** The account that the flow was confirmed with. */
  confirmedId: string | null
  event: NewEvent
}

/**
 * Holds what a flow that was just revoked is known to have created, even if it was confirmed or released. In few statements:
 * the holder of the token can create thousands of accounts, and a commit that takes long fails and makes all others wait.
 */
async function holdAccountsOf(
  { tables, append }: Transaction,
  flow: Selectable<FlowsTable>,
  { confirmedId, event }: Holding,
): Promise<void> {
  const about = aboutFlow(flow)
  const named = await listNamed(tables, flow, confirmedId)
  const rows = [...(await listHeldInWindow(tables, flow)), ...named.rows]
  const rowOf = new Map(rows.map((row) => [row.account_id, row]))
  const ids = [...new Set([...rowOf.keys(), ...named.ids])]
  const dates = await deletionDates(tables, ids)
  const holds = ids.flatMap((accountId) => {
    const row = rowOf.get(accountId)
    if (row && row.removed_at !== null) return []
    const isNew = !row || row.released_at !== null
    // A proven account may be of another app than the flow: the holder of the token chooses it.
    const app = row?.app ?? (accountId === confirmedId ? about.app : null)
    if (isNew) append({ ...event, ...about, accountId, app })
    return {
      account_id: accountId,
      flow_id: flow.id,
      external_user_id: about.externalUserId,
      app,
      since: isNew ? event.at.toISOString() : row.since,
      account_created_at: row?.account_created_at ?? null,
      reason: REASON,
      deadline: row?.removing_at ? row.deadline : (dates.get(accountId) ?? NEVER),
    }
  })
  for (const portion of portionsOf(holds)) {
    await tables
      .insertInto('held_accounts')
      .values(portion)
      .onConflict((conflict) =>
        conflict.column('account_id').doUpdateSet((update) => ({
          flow_id: update.ref('excluded.flow_id'),
          app: update.ref('excluded.app'),
          since: update.ref('excluded.since'),
          reason: update.ref('excluded.reason'),
          deadline: update.ref('excluded.deadline'),
          released_at: null,
        })),
      )
      .execute()
  }
}

/** Lists the accounts that the flow is proven to have created or was confirmed with, and their rows. */
async function listNamed(
  tables: Transaction['tables'],
  { id }: Selectable<FlowsTable>,
  confirmedId: string | null,
) {
  const proofs = await selectProofs(tables, [id]).execute()
  const ids = [...proofs.map(({ account_id }) => account_id), confirmedId].filter(
    (accountId) => accountId !== null,
  )
  const rows = []
  for (const portion of portionsOf(ids)) {
    const held = tables.selectFrom('held_accounts').selectAll()
    rows.push(...(await held.where('account_id', 'in', portion).execute()))
  }
  return { ids, rows }
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
