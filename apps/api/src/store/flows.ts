import type { Selectable } from 'kysely'
import { stamp, type ViewerKind } from './events.ts'
import { closeFlow, open, type Outcome, revoke, succeed, whyExpired } from './flow-transitions.ts'
import type { Database } from './open-database.ts'
import { sha256 } from './secrets.ts'
import type { FlowsTable, FlowStatus } from './tables.ts'

export type { FlowStatus } from './tables.ts'

/** One attempt to connect. */
export interface Flow {
  id: string
  externalUserId: string
  app: string
  /** The account to reconnect; null when the flow makes a new one. */
  reconnects: string | null
  status: FlowStatus
  /** The account that the flow made or mended, once it is confirmed. */
  accountId: string | null
  /** Hash of the cookie of the browser that started the flow; null when a service did. */
  browserHash: string | null
  /** Who started it. */
  viewerKind: ViewerKind
  /** Hash of its connect token. */
  connectTokenHash: string | null
  /** Hash of the secret in its webhook and finish addresses; null when it has none. */
  secretHash: string | null
  /** Why it did not succeed. */
  error: string | null
  createdAt: Date
  expiresAt: Date
  /** When somebody began to connect with it; null: it is no more than a connect token that was handed out. */
  openedAt: Date | null
  /** When it ended; null while it is open. */
  closedAt: Date | null
  /** When somebody else than who started it tried to finish it; null: nobody did. */
  revokedAt: Date | null
}

// A person may finish at the provider in the token's last second; the news of it still has to reach us.
const CONFIRM_GRACE_MS = 5 * 60 * 1000

/** Until when what a flow made can be confirmed; afterwards nothing more can come of it. */
export function deadlineOf({ expiresAt }: Pick<Flow, 'expiresAt'>): Date {
  return new Date(expiresAt.getTime() + CONFIRM_GRACE_MS)
}

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
      const about = { flowId: created.id, externalUserId: created.externalUserId, app: created.app }
      const event = stamp({ type: 'flow_created', ...about }, now())
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

function toRow(flow: Flow): Omit<FlowsTable, 'settle_after'> {
  return {
    id: flow.id,
    external_user_id: flow.externalUserId,
    app: flow.app,
    reconnects: flow.reconnects,
    status: flow.status,
    account_id: flow.accountId,
    browser_hash: flow.browserHash,
    viewer_kind: flow.viewerKind,
    connect_token_hash: flow.connectTokenHash,
    secret_hash: flow.secretHash,
    error: flow.error,
    created_at: flow.createdAt.toISOString(),
    expires_at: flow.expiresAt.toISOString(),
    opened_at: flow.openedAt?.toISOString() ?? null,
    closed_at: flow.closedAt?.toISOString() ?? null,
    burned_at: flow.revokedAt?.toISOString() ?? null,
  }
}

export function fromRow(row: Selectable<FlowsTable>): Flow {
  return {
    id: row.id,
    externalUserId: row.external_user_id,
    app: row.app,
    reconnects: row.reconnects,
    status: row.status,
    accountId: row.account_id,
    browserHash: row.browser_hash,
    viewerKind: row.viewer_kind,
    connectTokenHash: row.connect_token_hash,
    secretHash: row.secret_hash,
    error: row.error,
    createdAt: new Date(row.created_at),
    expiresAt: new Date(row.expires_at),
    openedAt: toDate(row.opened_at),
    closedAt: toDate(row.closed_at),
    revokedAt: toDate(row.burned_at),
  }
}

function toDate(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
