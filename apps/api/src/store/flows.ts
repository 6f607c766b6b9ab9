import { stamp, type ViewerKind } from './events.ts'
import { deadlineOf } from './flow-deadline.ts'
import { fromRow, toRow } from './flow-rows.ts'
import { closeFlow, open, type Outcome, succeed, whyExpired } from './flow-transitions.ts'
import type { Database } from './open-database.ts'
import { listCreated, listProofs, type Proof, recordProofs, selectProven } from './proofs.ts'
import { portionsOf } from './portions.ts'
import { bindFlow, revokeFlow, signOutFlows } from './revoke-flows.ts'
import { sha256 } from './secrets.ts'
import type { FlowStatus } from './tables.ts'

export type { FlowStatus } from './tables.ts'

/** One attempt to connect. */
export interface Flow {
  id: string
  externalUserId: string
  /** Slug; null: the page that uses the connect token chooses the app. */
  app: string | null
  /** The account to reconnect; null if the flow creates a new one. */
  reconnects: string | null
  status: FlowStatus
  /** The account that the flow created or reconnected, once confirmed. */
  accountId: string | null
  /** Hash of the cookie of the browser that started the flow; null if it belongs to no browser. */
  browserHash: string | null
  /** Base64url of the SHA-256 hash of a secret, whose holder may confirm the flow without the browser; null: not given. */
  codeChallenge: string | null
  /** Who started it. */
  viewerKind: ViewerKind
  /** Hash of the connect token. */
  connectTokenHash: string | null
  /** Hash of the secret in the webhook and finish URLs; null if the flow has no such URLs. */
  secretHash: string | null
  /** Why the flow did not succeed. */
  error: string | null
  /** When its connect token was issued, by the gateway's clock. */
  createdAt: Date
  /** When its connect token expires, by the gateway's clock. */
  expiresAt: Date
  /** When its connect token can create accounts, by Pipedream's clock. Never compared with the gateway's clock. */
  window: { start: Date; end: Date }
  /** When the browser reported that the connect page opens; null: it did not. */
  openedAt: Date | null
  /** When it ended; null while it is open. */
  closedAt: Date | null
  /** When another browser or user tried to finish the flow; null: never. */
  revokedAt: Date | null
  /** The position of its revocation among those of its user, from 1 and in the order of commits; null: not revoked. */
  revocation: number | null
  /** When the user signed out of the browser that started the flow; null: never. */
  signedOutAt: Date | null
  /**
   * Whether the user's accounts were read after the flow's time was up. Also true for a flow that succeeded under an older
   * version.
   */
  isSettled: boolean
}

export type NewFlow = Omit<Flow, keyof typeof OPEN> & {
  /** When to check Pipedream for what the flow's token created; default: at the flow's deadline. */
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
  /** `event`: how the log names it; default: `flow_created`. */
  create(flow: NewFlow, event?: 'flow_created' | 'connect_token_created'): Promise<Flow>
  get(id: string): Promise<Flow | undefined>
  /** Finds the flow with this secret in its webhook and finish URLs. */
  findBySecret(secret: string): Promise<Flow | undefined>
  /** Lists the succeeded flows that created or reconnected these accounts. */
  listByCreatedAccount(accountIds: readonly string[]): Promise<Flow[]>
  /** Lists the flows that are proven to have created an account, if the proofs may delete it. */
  listProven(accountId: string): Promise<Flow[]>
  /** Lists the latest accounts that a flow is proven to have created, the last one first; at most 10. */
  listCreated(id: string): Promise<string[]>
  /** Lists which flows are proven to have created these accounts, however long ago. */
  listProofs(accountIds: readonly string[]): Promise<Proof[]>
  /** Records that the page of an open flow opens. Returns true only the first time. */
  open(id: string, opening?: Pick<Closing, 'viewerKind'>): Promise<boolean>
  /** Records that Pipedream's webhook named this new account. Returns true only the first time. */
  prove(id: string, accountId: string): Promise<boolean>
  /** Records many proofs in a few commits. */
  proveAll(proofs: readonly Proof[]): Promise<void>
  /** Closes an open flow with its account and releases the account, unless it belongs to another flow or was removed. */
  succeed(id: string, accountId: string, closing?: Closing): Promise<boolean>
  fail(id: string, closing?: Closing): Promise<boolean>
  cancel(id: string, closing?: Closing): Promise<boolean>
  expire(id: string): Promise<boolean>
  /** Fails a flow, even a closed one, because another browser or user tried to finish it. Returns true only the first time. */
  revoke(id: string, closing?: Closing): Promise<boolean>
  /** Binds a flow to another browser of its user. */
  bind(id: string, browserHash: string): Promise<void>
  /** Records that the user signed out of a browser, for its flows whose time is not up. */
  signOut(browserHash: string): Promise<void>
}

export function createFlows(database: Database, now: () => Date): Flows {
  const close = (id: string, outcome: Outcome, closing: Closing = {}): Promise<boolean> => {
    const event = stamp({ type: outcome.type, ...closing }, now())
    return database.commit((transaction) => closeFlow(transaction, { id, outcome, event }))
  }

  return {
    create(flow, type = 'flow_created') {
      const { settleAfter = deadlineOf(flow), ...started } = flow
      const created: Flow = { ...started, ...OPEN }
      const about = { flowId: created.id, externalUserId: created.externalUserId, app: created.app }
      const event = stamp({ type, ...about }, now())
      const row = toRow(created, settleAfter)
      return database.commit(({ addFlow, append }) => {
        addFlow(row)
        append({ ...event, viewerKind: flow.viewerKind, accountId: flow.reconnects })
        return Promise.resolve(created)
      })
    },
    ...readFlows(database),
    open(id, opening = {}) {
      const event = stamp({ type: 'flow_opened', ...opening }, now())
      return database.commit((transaction) => open(transaction, { id, event }))
    },
    prove: (id, accountId) =>
      database.commit((transaction) =>
        recordProofs(transaction, { proofs: [{ flowId: id, accountId }], at: now() }),
      ),
    async proveAll(all) {
      for (const proofs of portionsOf(all)) {
        await database.commit((transaction) => recordProofs(transaction, { proofs, at: now() }))
      }
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
      return database.commit((transaction) => revokeFlow(transaction, { id, event }))
    },
    bind: (id, browserHash) =>
      database.commit((transaction) => bindFlow(transaction, { id, browserHash })),
    signOut: (browserHash) =>
      database.commit((transaction) => signOutFlows(transaction, { browserHash, at: now() })),
  }
}

function readFlows({
  tables,
}: Pick<Database, 'tables'>): Pick<
  Flows,
  'get' | 'findBySecret' | 'listByCreatedAccount' | 'listProven' | 'listCreated' | 'listProofs'
> {
  const selectFlows = () => tables.selectFrom('flows').selectAll()
  return {
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
    async listProven(accountId) {
      return (await selectProven(tables, accountId).execute()).map(fromRow)
    },
    listCreated: (id) => listCreated(tables, id),
    listProofs: (accountIds) => listProofs(tables, accountIds),
  }
}

const OPEN = {
  status: 'open',
  accountId: null,
  error: null,
  openedAt: null,
  closedAt: null,
  revokedAt: null,
  revocation: null,
  signedOutAt: null,
  isSettled: false,
} as const
