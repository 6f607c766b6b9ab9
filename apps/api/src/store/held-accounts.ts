import type { Selectable } from 'kysely'
import { type NewEvent, stamp } from './events.ts'
import type { Transaction } from './group-commit.ts'
import type { Database } from './open-database.ts'
import type { FlowsTable, HeldAccountsTable } from './tables.ts'

/** An account that a flow created and that the browser has not confirmed yet. */
export interface HeldAccount {
  accountId: string
  flowId: string
  externalUserId: string
  since: Date
  /** When to delete it at Pipedream, unless it is confirmed before. */
  deadline: Date
}

/** Who removes an account, and why; without a viewer, the gateway itself. */
type Removal = Pick<NewEvent, 'viewerKind' | 'actorId' | 'reason'>

/** Accounts held until `flows.succeed` confirms them. Each change is committed together with its event. */
export interface HeldAccounts {
  /** Holds an account for a flow; returns false if it was held, removed or confirmed before. */
  hold(account: Pick<HeldAccount, 'accountId' | 'flowId' | 'deadline'>): Promise<boolean>
  /** Makes an account due for removal, even a confirmed one; returns false if it was removed or is due already. */
  markForRemoval(account: Pick<HeldAccount, 'accountId' | 'flowId'>): Promise<boolean>
  /** Returns which of these accounts are held or were removed. */
  listKnown(accountIds: readonly string[]): Promise<Set<string>>
  /** Records that a held account was deleted at Pipedream; returns whether it was held. */
  remove(accountId: string, removal?: Removal): Promise<boolean>
  /** Lists a user's held accounts. */
  list(externalUserId: string): Promise<HeldAccount[]>
  /** Lists the accounts past their deadline, oldest deadline first. */
  listDue(options: { now: Date; limit: number }): Promise<HeldAccount[]>
}

export function createHeldAccounts(database: Database, now: () => Date): HeldAccounts {
  const selectHeld = () =>
    database.tables.selectFrom('held_accounts').selectAll().where('removed_at', 'is', null)
  return {
    hold({ accountId, flowId, deadline }) {
      const event = stamp({ type: 'account_held', accountId, flowId }, now())
      return database.commit((transaction) =>
        hold(transaction, { accountId, flowId, deadline, event }),
      )
    },
    markForRemoval({ accountId, flowId }) {
      const event = stamp({ type: 'account_held', accountId, flowId }, now())
      return database.commit((transaction) =>
        markForRemoval(transaction, { accountId, flowId, event }),
      )
    },
    async listKnown(accountIds) {
      if (accountIds.length === 0) return new Set()
      const rows = await database.tables
        .selectFrom('held_accounts')
        .select('account_id')
        .where('account_id', 'in', accountIds)
        .execute()
      return new Set(rows.map(({ account_id }) => account_id))
    },
    remove(accountId, removal) {
      const event = stamp({ type: 'account_removed', accountId, ...removal }, now())
      return database.commit((transaction) => remove(transaction, { accountId, event }))
    },
    async list(externalUserId) {
      const rows = await selectHeld().where('external_user_id', '=', externalUserId).execute()
      return rows.map(fromRow)
    },
    async listDue({ now, limit }) {
      const rows = await selectHeld()
        .where('deadline', '<=', now.toISOString())
        .orderBy('deadline')
        .limit(limit)
        .execute()
      return rows.map(fromRow)
    },
  }
}

interface Holding {
  accountId: string
  flowId: string
  deadline: Date
  event: NewEvent
}

type CreatorRow = Pick<FlowsTable, 'id' | 'external_user_id' | 'app'>

async function hold(
  transaction: Transaction,
  { accountId, flowId, deadline, event }: Holding,
): Promise<boolean> {
  const { tables } = transaction
  const flow = await tables
    .selectFrom('flows')
    .select(['id', 'external_user_id', 'app', 'status', 'reconnects'])
    .where('id', '=', flowId)
    .executeTakeFirst()
  if (!flow || flow.status === 'succeeded') return false
  if (flow.reconnects !== accountId && (await isCreated(tables, accountId))) return false
  // A closed flow's account can no longer be confirmed, so it is due immediately.
  const until = flow.status === 'open' ? deadline : event.at
  return insertHeld(transaction, { accountId, flow, deadline: until, event })
}

async function markForRemoval(
  transaction: Transaction,
  { accountId, flowId, event }: Omit<Holding, 'deadline'>,
): Promise<boolean> {
  const { tables } = transaction
  const at = event.at.toISOString()
  const marked = await tables
    .updateTable('held_accounts')
    .set({ deadline: at })
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .where('deadline', '>', at)
    .returning('account_id')
    .executeTakeFirst()
  if (marked) return true
  const flow = await tables
    .selectFrom('flows')
    .select(['id', 'external_user_id', 'app'])
    .where('id', '=', flowId)
    .executeTakeFirstOrThrow()
  return insertHeld(transaction, { accountId, flow, deadline: event.at, event })
}

/** Returns false if the account is known already. */
async function insertHeld(
  { tables, append }: Transaction,
  { accountId, flow, deadline, event }: Omit<Holding, 'flowId'> & { flow: CreatorRow },
): Promise<boolean> {
  const held = await tables
    .insertInto('held_accounts')
    .values({
      account_id: accountId,
      flow_id: flow.id,
      external_user_id: flow.external_user_id,
      since: event.at.toISOString(),
      deadline: deadline.toISOString(),
      removed_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (Number(held.numInsertedOrUpdatedRows) === 0) return false
  append({ ...event, externalUserId: flow.external_user_id, app: flow.app })
  return true
}

async function isCreated(tables: Transaction['tables'], accountId: string): Promise<boolean> {
  const flow = await tables
    .selectFrom('flows')
    .select('id')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return flow !== undefined
}

async function remove(
  { tables, append }: Transaction,
  { accountId, event }: { accountId: string; event: NewEvent },
): Promise<boolean> {
  const held = await tables
    .updateTable('held_accounts')
    .set({ removed_at: event.at.toISOString() })
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (!held) return false
  append({ ...event, flowId: held.flow_id, externalUserId: held.external_user_id })
  return true
}

/** Releases an account whose flow was confirmed, in the same commit; does nothing if it was not held. */
export async function releaseAccount(
  { tables, append }: Transaction,
  event: NewEvent & { accountId: string },
): Promise<void> {
  const released = await tables
    .deleteFrom('held_accounts')
    .where('account_id', '=', event.accountId)
    .returning('account_id')
    .executeTakeFirst()
  if (released) append({ ...event, type: 'account_released' })
}

function fromRow(row: Selectable<HeldAccountsTable>): HeldAccount {
  return {
    accountId: row.account_id,
    flowId: row.flow_id,
    externalUserId: row.external_user_id,
    since: new Date(row.since),
    deadline: new Date(row.deadline),
  }
}
