import { type RawBuilder, sql } from 'kysely'
import type { EventType, NewEvent } from './events.ts'
import { GRACE_MS } from './flow-deadline.ts'
import { aboutFlow } from './flow-rows.ts'
import type { Transaction } from './group-commit.ts'
import { releaseConfirmed } from './hold-account.ts'
import type { FlowStatus } from './tables.ts'

/** The error of a flow that was no attempt: a server or a page of the official SDK created it, and it expired without having been used. */
export const NOT_OPENED = 'not_opened'

export interface Outcome {
  status: FlowStatus
  type: EventType
  /** The flow's error; default: the given reason. */
  error?: (transaction: Transaction) => RawBuilder<string | null>
}

// Servers, and pages of the official SDK, may fetch a token that no one uses, and need not report that its page opens.
export function whyExpired({ tables }: Transaction) {
  const made = tables
    .selectFrom('held_accounts')
    .select('account_id')
    .where('flow_id', '=', sql.ref<string>('flows.id'))
  return sql<
    string | null
  >`case when (browser_hash is null or viewer_kind = 'service') and opened_at is null and not exists ${made} then ${NOT_OPENED} end`
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
  transaction: Transaction,
  { id, accountId, event }: { id: string; accountId: string; event: NewEvent },
): Promise<boolean> {
  const { tables, append } = transaction
  const createdByAnother = tables
    .selectFrom('flows as other')
    .select('other.id')
    .where('other.account_id', '=', accountId)
    .where('other.reconnects', 'is', null)
  const at = event.at.toISOString()
  const closed = await tables
    .updateTable('flows')
    .set({ status: 'succeeded', account_id: accountId, closed_at: at })
    .where('id', '=', id)
    .where('status', '=', 'open')
    .where((where) =>
      where.or([
        // A flow that is bound to nothing is not confirmed: it gets the account that it created, whenever that is found.
        where('browser_hash', 'is', null),
        where('expires_at', '>=', new Date(event.at.getTime() - GRACE_MS).toISOString()),
      ]),
    )
    .where((where) =>
      where.or([where('reconnects', '=', accountId), where.not(where.exists(createdByAnother))]),
    )
    .where((where) => where.not(where.exists(findLost(tables, { id, accountId }))))
    .returningAll()
    .executeTakeFirst()
  if (!closed) return false
  append({ ...event, ...aboutFlow(closed) })
  await releaseConfirmed(transaction, { ...event, ...aboutFlow(closed), accountId })
  return true
}

/** Finds the row of an account that this flow cannot get: another user's, removed or being removed, or held for a revoked flow. */
function findLost(
  tables: Transaction['tables'],
  { id, accountId }: { id: string; accountId: string },
) {
  const own = tables
    .selectFrom('flows as own')
    .select('own.external_user_id')
    .where('own.id', '=', id)
  return tables
    .selectFrom('held_accounts')
    .select('account_id')
    .where('account_id', '=', accountId)
    .where((where) =>
      where.or([
        where('external_user_id', '!=', own),
        where('removed_at', 'is not', null),
        where('removing_at', 'is not', null),
        where.and([
          where('released_at', 'is', null),
          where(
            'flow_id',
            'in',
            where
              .selectFrom('flows as revoked')
              .select('revoked.id')
              .where('revoked.burned_at', 'is not', null),
          ),
        ]),
      ]),
    )
}

export async function closeFlow(
  transaction: Transaction,
  { id, outcome, event }: { id: string; outcome: Outcome; event: NewEvent },
): Promise<boolean> {
  const { tables, append } = transaction
  const { status } = outcome
  const error = outcome.error?.(transaction) ?? event.reason ?? null
  const closed = await tables
    .updateTable('flows')
    .set({ status, error, closed_at: event.at.toISOString() })
    .where('id', '=', id)
    .where('status', '=', 'open')
    .returningAll()
    .executeTakeFirst()
  if (!closed) return false
  append({ ...event, ...aboutFlow(closed), reason: closed.error })
  return true
}
