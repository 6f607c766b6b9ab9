import { type RawBuilder, sql } from 'kysely'
import { sha256 } from './sha256.ts'
import { type EventType, type NewEvent, stamp, type ViewerKind } from './events.ts'
import { type Flow, fromRow, NOT_OPENED, toRow } from './flow-row.ts'
import type { Transaction } from './group-commit.ts'
import { releaseAccount } from './held-accounts.ts'
import type { Database } from './open-database.ts'
import type { FlowsTable, FlowStatus } from './tables.ts'

export { type Flow, NOT_OPENED } from './flow-row.ts'
export type { FlowStatus } from './tables.ts'

export type NewFlow = Omit<Flow, keyof typeof OPEN> & {
  /** When to look at Pipedream for what it made, unless it has succeeded; default: when it expires. */
  settleAfter?: Date
}

/** Who closes a flow, and why; without a viewer it is the gateway itself. */
interface Closing {
  viewerKind?: ViewerKind | undefined
  /** A short code or sentence, never with a secret in it. */
  reason?: string | undefined
}

/**
 * What is remembered of every attempt to connect. Each change is in the log with its event, in one commit. Of those who
 * close a flow the first one wins: each answers whether it did.
 */
export interface Flows {
  create(flow: NewFlow): Promise<Flow>
  get(id: string): Promise<Flow | undefined>
  /** The flow with this secret in its webhook and finish addresses. */
  findBySecret(secret: string): Promise<Flow | undefined>
  /** Which of these accounts are the fruit of flows that have succeeded. */
  listByCreatedAccount(accountIds: readonly string[]): Promise<Flow[]>
  /** Notes that somebody begins to connect with an open flow. Once. */
  open(id: string, opening?: Pick<Closing, 'viewerKind'>): Promise<boolean>
  /** Closes an open flow with its account and releases that, unless it is another flow's or to be removed. */
  succeed(id: string, accountId: string, closing?: Closing): Promise<boolean>
  fail(id: string, closing?: Closing): Promise<boolean>
  cancel(id: string, closing?: Closing): Promise<boolean>
  expire(id: string): Promise<boolean>
  /** Fails a flow that somebody else than who started it tried to finish, even one that is closed already. Once. */
  revoke(id: string, closing?: Closing): Promise<boolean>
}

export function createFlows(database: Database, now: () => Date): Flows {
  const selectFlows = () => database.tables.selectFrom('flows').selectAll()

  const close = (id: string, outcome: Outcome, closing: Closing = {}): Promise<boolean> => {
    const event = stamp({ type: outcome.type, ...closing }, now())
    return database.commit((transaction) => closeFlow(transaction, { id, outcome, event }))
  }

  return {
    create(flow) {
      const { settleAfter = flow.expiresAt, ...started } = flow
      const created: Flow = { ...started, ...OPEN }
      const event = stamp({ type: 'flow_created', ...aboutFlow(toRow(created)) }, now())
      return database.commit(async ({ tables, append }) => {
        const row = { ...toRow(created), settle_after: settleAfter.toISOString() }
        await tables.insertInto('flows').values(row).execute()
        append({ ...event, viewerKind: flow.viewerKind, accountId: flow.reconnects })
        return created
      })
    },
    async get(id) {
      const row = await selectFlows().where('id', '=', id).executeTakeFirst()
      return row && fromRow(row)
    },
    async findBySecret(secret) {
      const row = await selectFlows().where('secret_hash', '=', sha256(secret)).executeTakeFirst()
      return row && fromRow(row)
    },
    async listByCreatedAccount(accountIds) {
      if (accountIds.length === 0) return []
      const rows = await selectFlows()
        .where('status', '=', 'succeeded')
        .where('account_id', 'in', accountIds)
        .execute()
      return rows.map(fromRow)
    },
    open(id, opening = {}) {
      const event = stamp({ type: 'flow_opened', ...opening }, now())
      return database.commit((transaction) => open(transaction, { id, event }))
    },
    succeed(id, accountId, closing = {}) {
      const event = stamp({ type: 'flow_succeeded', accountId, ...closing }, now())
      return database.commit((transaction) => succeed(transaction, { id, accountId, event }))
    },
    fail: (id, closing) => close(id, { status: 'failed', type: 'flow_failed' }, closing),
    cancel: (id, closing) => close(id, { status: 'cancelled', type: 'flow_cancelled' }, closing),
    expire: (id) => close(id, { status: 'expired', type: 'flow_expired', error: whyExpired }),
    revoke(id, closing = {}) {
      const event = stamp({ type: 'flow_revoked', ...closing }, now())
      return database.commit((transaction) => revoke(transaction, { id, event }))
    },
  }
}

const OPEN = {
  status: 'open',
  accountId: null,
  error: null,
  openedAt: null,
  closedAt: null,
  revokedAt: null,
} as const

interface Outcome {
  status: FlowStatus
  type: EventType
  /** What the flow's error is; default: the reason that was given. */
  error?: (transaction: Transaction) => RawBuilder<string | null>
}

// An account that it made shows that somebody did begin, whoever failed to say so.
function whyExpired({ tables }: Transaction) {
  const made = tables
    .selectFrom('held_accounts')
    .select('account_id')
    .where('flow_id', '=', sql.ref<string>('flows.id'))
  return sql<
    string | null
  >`case when opened_at is null and not exists ${made} then ${NOT_OPENED} end`
}

async function open(
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

// One writer at a time: what the conditions read stays so until the commit, and the unique index would object to less.
async function succeed(
  { tables, append }: Transaction,
  { id, accountId, event }: { id: string; accountId: string; event: NewEvent },
): Promise<boolean> {
  const createdByAnother = tables
    .selectFrom('flows as other')
    .select('other.id')
    .where('other.account_id', '=', accountId)
    .where('other.reconnects', 'is', null)
  const at = event.at.toISOString()
  // Held for any flow of this person: which one made it, nobody knows. Once it is due nobody gets it.
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

async function closeFlow(
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

/** It stays to be settled: what it made, or still makes, is to be removed. */
async function revoke(
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

// Nobody can confirm what a closed flow made, unless it is another's that is still open.
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
