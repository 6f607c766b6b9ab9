import { type RawBuilder, sql } from 'kysely'
import type { EventType, NewEvent } from './events.ts'
import type { Transaction } from './group-commit.ts'
import { releaseAccount } from './held-accounts.ts'
import type { FlowsTable, FlowStatus } from './tables.ts'

/** The error of a flow that expired without being opened, which is not a failure. */
export const NOT_OPENED = 'not_opened'

export interface Outcome {
  status: FlowStatus
  type: EventType
  /** The flow's error; default: the given reason. */
  error?: (transaction: Transaction) => RawBuilder<string | null>
}

// An account created by the flow shows that a user did start, even if the page did not report it.
export function whyExpired({ tables }: Transaction) {
  const made = tables
    .selectFrom('held_accounts')
    .select('account_id')
    .where('flow_id', '=', sql.ref<string>('flows.id'))
  return sql<
    string | null
  >`case when opened_at is null and not exists ${made} then ${NOT_OPENED} end`
}

export async function open(
  { tables, append }: Transaction,
  { id, event }: { id: string; event: NewEvent },
): Promise<boolean> {
  const opened = await tables
    .updateTable('flows')
    .set({ opened_at: event.at.toISOString() })
    .where('id', '=', id)
    .where('status', '=', 'open')
    .where('opened_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (!opened) return false
  append({ ...event, ...aboutFlow(opened), accountId: opened.reconnects })
  return true
}

// There is only one writer at a time, so the conditions still hold at the commit. The unique index allows more.
export async function succeed(
  { tables, append }: Transaction,
  { id, accountId, event }: { id: string; accountId: string; event: NewEvent },
): Promise<boolean> {
  const createdByAnother = tables
    .selectFrom('flows as other')
    .select('other.id')
    .where('other.account_id', '=', accountId)
    .where('other.reconnects', 'is', null)
  const at = event.at.toISOString()
  // An account may be held for any of the user's flows, because the creating flow is unknown. After its deadline no flow gets it.
  const isLost = tables
    .selectFrom('held_accounts')
    .select('account_id')
    .where('account_id', '=', accountId)
    .where((where) =>
      where.or([
        where(
          'external_user_id',
          '!=',
          where.selectFrom('flows as own').select('own.external_user_id').where('own.id', '=', id),
        ),
        where('removed_at', 'is not', null),
        where('deadline', '<=', at),
      ]),
    )
  const closed = await tables
    .updateTable('flows')
    .set({ status: 'succeeded', account_id: accountId, closed_at: at, settle_after: null })
    .where('id', '=', id)
    .where('status', '=', 'open')
    .where((where) =>
      where.or([where('reconnects', '=', accountId), where.not(where.exists(createdByAnother))]),
    )
    .where((where) => where.not(where.exists(isLost)))
    .returningAll()
    .executeTakeFirst()
  if (!closed) return false
  append({ ...event, ...aboutFlow(closed) })
  await releaseAccount({ tables, append }, { ...event, ...aboutFlow(closed), accountId })
  return true
}

export async function closeFlow(
  { tables, append }: Transaction,
  { id, outcome, event }: { id: string; outcome: Outcome; event: NewEvent },
): Promise<boolean> {
  const { status } = outcome
  const error = outcome.error?.({ tables, append }) ?? event.reason ?? null
  const closed = await tables
    .updateTable('flows')
    .set({ status, error, closed_at: event.at.toISOString() })
    .where('id', '=', id)
    .where('status', '=', 'open')
    .returningAll()
    .executeTakeFirst()
  if (!closed) return false
  append({ ...event, ...aboutFlow(closed), reason: closed.error })
  await makeDue(tables, closed, event.at)
  return true
}

/** The flow stays unsettled, because its accounts, including future ones, must be removed. */
export async function revoke(
  { tables, append }: Transaction,
  { id, event }: { id: string; event: NewEvent },
): Promise<boolean> {
  const at = event.at.toISOString()
  const revoked = await tables
    .updateTable('flows')
    .set({ status: 'failed', account_id: null, error: event.reason ?? null })
    .set({ closed_at: at, burned_at: at, settle_after: at })
    .where('id', '=', id)
    .where('burned_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (!revoked) return false
  append({ ...event, ...aboutFlow(revoked) })
  await tables
    .updateTable('held_accounts')
    .set({ deadline: at })
    .where('flow_id', '=', id)
    .where('deadline', '>', at)
    .execute()
  return true
}

// A closed flow's account can no longer be confirmed, unless another open flow may have created it.
async function makeDue(tables: Transaction['tables'], flow: FlowsTable, at: Date): Promise<void> {
  const another = tables
    .selectFrom('flows')
    .select('id')
    .where('status', '=', 'open')
    .where('external_user_id', '=', flow.external_user_id)
    .where('app', '=', flow.app)
  await tables
    .updateTable('held_accounts')
    .set({ deadline: at.toISOString() })
    .where('flow_id', '=', flow.id)
    .where('deadline', '>', at.toISOString())
    .where((where) => where.not(where.exists(another)))
    .execute()
}

function aboutFlow(row: Pick<FlowsTable, 'id' | 'external_user_id' | 'app'>) {
  return { flowId: row.id, externalUserId: row.external_user_id, app: row.app }
}
