import type { Selectable } from 'kysely'
import { type NewEvent, stamp } from './events.ts'
import type { Transaction } from './group-commit.ts'
import { countRevocations, holdAccount, type Holding } from './hold-account.ts'
import type { Database } from './open-database.ts'
import { NEVER } from './proofs.ts'
import { startRemoval } from './start-removal.ts'
import type { HeldAccountsTable } from './tables.ts'

/** An account that is or was held, as stored. */
export interface HeldAccount {
  accountId: string
  flowId: string
  externalUserId: string
  app: string | null
  since: Date
  /** By Pipedream's clock; null: unknown. */
  createdAt: Date | null
  /** Why it is held, as last seen. */
  reason: string | null
  /** When its owner kept it, or an operator released it; null: it is held. */
  releasedAt: Date | null
  /** The last revocation of its user before that; a later one holds it again. */
  releasedAfter: number | null
  /** When it was deleted at Pipedream; null: it was not. */
  removedAt: Date | null
  /** When its deletion at Pipedream started, if the outcome is unknown. */
  removingAt: Date | null
  /** How many deletions have failed in a row. */
  attempts: number
}

/** Who removes or releases an account, and why; without a viewer, the gateway itself. */
type Act = Pick<NewEvent, 'viewerKind' | 'actorId' | 'reason'>

/** Accounts held until `flows.succeed` confirms them. Each change is committed together with its event. */
export interface HeldAccounts {
  /** Holds an account for a flow, or updates what is known of it; returns whether it was not held before. */
  hold(account: Holding): Promise<boolean>
  /** Lists these accounts, also those that were released or removed. */
  listKnown(accountIds: readonly string[]): Promise<HeldAccount[]>
  get(accountId: string): Promise<HeldAccount | undefined>
  /** Lists the accounts that are held for a flow. */
  listByFlow(flowId: string): Promise<HeldAccount[]>
  /**
   * Ends the hold for all flows that were revoked before. Returns whether it did: the account was held, its deletion had not
   * started, and none of its user's flows was revoked after the revocation `seen` (default: any).
   */
  release(accountId: string, release: Act & { seen?: number }): Promise<boolean>
  /** The number of a user's latest revocation; 0 if no flow was revoked. */
  countRevocations(externalUserId: string): Promise<number>
  /**
   * Records that the deletion of an account at Pipedream starts, and expires the flow that is proven to have created it. Until
   * `remove` or `postpone`, the account can be neither confirmed nor released. Returns false if it was confirmed, kept or
   * released first, or if the proof no longer holds.
   */
  startRemoval(accountId: string, proof: { flowId: string }): Promise<boolean>
  /** Records that a held account was deleted at Pipedream; returns whether it was held. */
  remove(accountId: string, removal?: Act): Promise<boolean>
  /**
   * Claims accounts that may be due for deletion, of all flows or of one, a revoked flow's first; no other caller gets them
   * before `retryAt`.
   */
  claimDue(claim: Claim): Promise<HeldAccount[]>
  /** Schedules the next deletion (null: none, because there is no proof), and ends one that has started. */
  postpone(accountId: string, options: { until: Date | null; error: string | null }): Promise<void>
}

export function createHeldAccounts(database: Database, now: () => Date): HeldAccounts {
  const select = () => database.tables.selectFrom('held_accounts').selectAll()
  return {
    hold(account) {
      const event = stamp({ type: 'account_held', accountId: account.accountId }, now())
      return database.commit((transaction) => holdAccount(transaction, { ...account, event }))
    },
    async listKnown(accountIds) {
      if (accountIds.length === 0) return []
      return (await select().where('account_id', 'in', accountIds).execute()).map(fromRow)
    },
    async get(accountId) {
      const row = await select().where('account_id', '=', accountId).executeTakeFirst()
      return row && fromRow(row)
    },
    async listByFlow(flowId) {
      const rows = await select()
        .where('flow_id', '=', flowId)
        .where('removed_at', 'is', null)
        .where('released_at', 'is', null)
        .execute()
      return rows.map(fromRow)
    },
    countRevocations: (externalUserId) => countRevocations(database.tables, externalUserId),
    release(accountId, { seen, ...act }) {
      const event = stamp({ type: 'account_released', accountId, ...act }, now())
      return database.commit((transaction) => release(transaction, { accountId, event, seen }))
    },
    startRemoval(accountId, { flowId }) {
      const at = now()
      return database.commit((transaction) => startRemoval(transaction, { accountId, flowId, at }))
    },
    remove(accountId, act) {
      const event = stamp({ type: 'account_removed', accountId, ...act }, now())
      const change = { removed_at: event.at.toISOString(), removing_at: null }
      return database.commit((transaction) => close(transaction, { accountId, event, change }))
    },
    claimDue: (claim) => database.commit((transaction) => claimDue(transaction, claim)),
    async postpone(accountId, { until, error }) {
      await database.commit(({ tables }) =>
        tables
          .updateTable('held_accounts')
          .set((update) => ({
            deadline: until?.toISOString() ?? NEVER,
            removing_at: null,
            last_error: error,
            attempts: error === null ? 0 : update('attempts', '+', 1),
          }))
          .where('account_id', '=', accountId)
          .where('removed_at', 'is', null)
          .execute(),
      )
    },
  }
}

interface Claim {
  now: Date
  retryAt: Date
  limit: number
  /** Default: accounts of any flow. */
  flowId?: string | undefined
}

async function claimDue(
  { tables }: Transaction,
  { now, retryAt, limit, flowId }: Claim,
): Promise<HeldAccount[]> {
  let due = tables
    .selectFrom('held_accounts')
    .selectAll()
    .where('removed_at', 'is', null)
    .where('deadline', '<=', now.toISOString())
    .orderBy('deadline')
    .limit(limit)
  if (flowId !== undefined) {
    const created = tables.selectFrom('proofs').select('account_id').where('flow_id', '=', flowId)
    due = due.where('account_id', 'in', created)
  }
  const rows = await due.execute()
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.account_id)
  await tables
    .updateTable('held_accounts')
    .set({ deadline: retryAt.toISOString() })
    .where('account_id', 'in', ids)
    .execute()
  return rows.map(fromRow)
}

interface End {
  accountId: string
  event: NewEvent
  change: Partial<Selectable<HeldAccountsTable>>
}

async function close(
  { tables, append }: Transaction,
  { accountId, event, change }: End,
): Promise<boolean> {
  const held = await tables
    .updateTable('held_accounts')
    .set(change)
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .where('released_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (!held) return false
  const { flow_id: flowId, external_user_id: externalUserId, app } = held
  append({ ...event, flowId, externalUserId, app })
  return true
}

interface Release {
  accountId: string
  event: NewEvent
  /** The latest revocation when the caller looked; undefined: whatever was revoked. */
  seen: number | undefined
}

async function release(
  transaction: Transaction,
  { accountId, event, seen }: Release,
): Promise<boolean> {
  const row = await transaction.tables
    .selectFrom('held_accounts')
    .select('external_user_id')
    .where('account_id', '=', accountId)
    .where('removing_at', 'is', null)
    .executeTakeFirst()
  if (!row) return false
  const latest = await countRevocations(transaction.tables, row.external_user_id)
  if (seen !== undefined && seen !== latest) return false
  const released = { released_at: event.at.toISOString(), released_after: latest }
  return close(transaction, { accountId, event, change: { ...released, deadline: NEVER } })
}

function fromRow(row: Selectable<HeldAccountsTable>): HeldAccount {
  return {
    accountId: row.account_id,
    flowId: row.flow_id,
    externalUserId: row.external_user_id,
    app: row.app,
    since: new Date(row.since),
    createdAt: row.account_created_at === null ? null : new Date(row.account_created_at),
    reason: row.reason,
    releasedAt: row.released_at === null ? null : new Date(row.released_at),
    releasedAfter: row.released_after,
    removedAt: row.removed_at === null ? null : new Date(row.removed_at),
    removingAt: row.removing_at === null ? null : new Date(row.removing_at),
    attempts: row.attempts,
  }
}
