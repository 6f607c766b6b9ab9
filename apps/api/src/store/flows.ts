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
  /** The account to reconnect; null if the flow creates a new one. */
  reconnects: string | null
  status: FlowStatus
  /** The account that the flow created or reconnected, once confirmed. */
  accountId: string | null
  /** Hash of the cookie of the browser that started the flow; null if a service did. */
  browserHash: string | null
  /** Who started it. */
  viewerKind: ViewerKind
  /** Hash of the connect token. */
  connectTokenHash: string | null
  /** Hash of the secret in the webhook and finish URLs; null if the flow has no such URLs. */
  secretHash: string | null
  /** Why the flow did not succeed. */
  error: string | null
  createdAt: Date
  expiresAt: Date
  /** When the user started to connect; null: the connect token was only issued. */
  openedAt: Date | null
  /** When it ended; null while it is open. */
  closedAt: Date | null
  /** When another browser or user tried to finish the flow; null: never. */
  revokedAt: Date | null
}

// A user may finish at the provider in the token's last second, and the notification takes time.
const CONFIRM_GRACE_MS = 5 * 60 * 1000

/** The last time at which a flow's account can be confirmed. */
export function deadlineOf({ expiresAt }: Pick<Flow, 'expiresAt'>): Date {
  return new Date(expiresAt.getTime() + CONFIRM_GRACE_MS)
}

export type NewFlow = Omit<Flow, keyof typeof OPEN> & {
  /** When to check Pipedream for the flow's account if the flow has not succeeded; default: when it expires. */
  settleAfter?: Date
}

/** Who closes a flow, and why; without a viewer, the gateway itself. */
interface Closing {
  viewerKind?: ViewerKind | undefined
  /** A short code or sentence; never contains a secret. */
  reason?: string | undefined
}

/**
 * Stores every attempt to connect. Each change is committed together with its event. The first transition that closes a flow
 * wins; each method returns whether it did.
 */
export interface Flows {
  create(flow: NewFlow): Promise<Flow>
  get(id: string): Promise<Flow | undefined>
  /** Finds the flow with this secret in its webhook and finish URLs. */
  findBySecret(secret: string): Promise<Flow | undefined>
  /** Lists the succeeded flows that created or reconnected these accounts. */
  listByCreatedAccount(accountIds: readonly string[]): Promise<Flow[]>
  /** Records that a user starts to connect with an open flow. Returns true only the first time. */
  open(id: string, opening?: Pick<Closing, 'viewerKind'>): Promise<boolean>
  /** Closes an open flow with its account and releases the account, unless it belongs to another flow or must be removed. */
  succeed(id: string, accountId: string, closing?: Closing): Promise<boolean>
  fail(id: string, closing?: Closing): Promise<boolean>
  cancel(id: string, closing?: Closing): Promise<boolean>
  expire(id: string): Promise<boolean>
  /** Fails a flow, even a closed one, because another browser or user tried to finish it. Returns true only the first time. */
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
