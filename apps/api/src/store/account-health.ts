import { type NewEvent, stamp } from './events.ts'
import type { Transaction } from './group-commit.ts'
import type { Database } from './open-database.ts'
import { portionsOf } from './portions.ts'
import type { Health } from './tables.ts'

export type { Health } from './tables.ts'

/** An account's state as just read from Pipedream. */
interface SeenAccount {
  accountId: string
  externalUserId: string
  app: string | null
  health: Health
}

/** Why an account no longer exists. */
type Gone = Pick<NewEvent, 'externalUserId' | 'app' | 'viewerKind' | 'actorId' | 'reason'>

/** A user, and those of their accounts that were not checked for a long time. */
export interface UserToCheck {
  externalUserId: string
  accountIds: string[]
}

/** The last known health of each account. */
export interface AccountHealth {
  /** Stores the health of accounts. A change is logged in the same commit; a new account is not a change. */
  record(accounts: readonly SeenAccount[]): Promise<void>
  /** Deletes the health of an account. Logs `gone` as an event, unless it is left out or the account was deleted before. */
  forget(account: { accountId: string; gone?: Gone | undefined }): Promise<void>
  /** Claims users with accounts that were not checked since `before`, longest first. No other caller gets them until then. */
  claimUsers(options: { before: Date; limit: number }): Promise<UserToCheck[]>
  /** Makes accounts due again that were claimed, but not checked. */
  release(accountIds: readonly string[], options: { before: Date }): Promise<void>
  /** Returns when accounts were first read, by account ID; null: before this was recorded. */
  listFirstSeen(accountIds: readonly string[]): Promise<Map<string, Date | null>>
}

export function createAccountHealth(database: Database, now: () => Date): AccountHealth {
  const readHealth = async (accountIds: readonly string[]): Promise<Map<string, Health>> => {
    const rows = await database.tables
      .selectFrom('account_health')
      .select(['account_id', 'health'])
      .where('account_id', 'in', accountIds)
      .execute()
    return new Map(rows.map((row) => [row.account_id, row.health]))
  }
  return {
    async record(accounts) {
      if (accounts.length === 0) return
      const known = await readHealth(accounts.map(({ accountId }) => accountId))
      // Usually nothing has changed, and then nothing is written.
      const first = accounts.filter(({ accountId }) => !known.has(accountId))
      const changed = accounts.filter(
        ({ accountId, health }) => known.has(accountId) && known.get(accountId) !== health,
      )
      if (first.length + changed.length === 0) return
      const { at, requestId } = stamp({ type: 'account_health_changed' }, now())
      await database.commit(async (transaction) => {
        if (first.length > 0) await recordFirst(transaction, first, at.toISOString())
        for (const account of changed) await recordChange(transaction, account, { at, requestId })
      })
    },
    async forget({ accountId, gone }) {
      const event = gone && stamp({ type: 'account_disconnected', accountId, ...gone }, now())
      await database.commit(async ({ tables, append }) => {
        const forgotten = await tables
          .deleteFrom('account_health')
          .where('account_id', '=', accountId)
          .returning('account_id')
          .executeTakeFirst()
        if (forgotten && event) append(event)
      })
    },
    claimUsers: (options) => claimUsers(database, { ...options, at: now() }),
    async release(accountIds, { before }) {
      if (accountIds.length === 0) return
      await database.commit(({ tables }) =>
        tables
          .updateTable('account_health')
          .set({ checked_at: new Date(before.getTime() - 1).toISOString() })
          .where('account_id', 'in', accountIds)
          .execute(),
      )
    },
    listFirstSeen: (accountIds) => listFirstSeen(database, accountIds),
  }
}

interface UsersClaim {
  before: Date
  limit: number
  at: Date
}

// The oldest users are found in the index by age: to group all accounts by user would read them all, while other writes wait.
// A user with many accounts may leave no room for others, who then come first in the next pass.
const ROWS_FOR_USER = 20

function claimUsers(database: Database, { before, limit, at }: UsersClaim): Promise<UserToCheck[]> {
  return database.commit(async ({ tables }) => {
    const oldest = await tables
      .selectFrom('account_health')
      .select('external_user_id')
      .where('checked_at', '<', before.toISOString())
      .orderBy('checked_at')
      .limit(limit * ROWS_FOR_USER)
      .execute()
    const people = [...new Set(oldest.map(({ external_user_id }) => external_user_id))].slice(
      0,
      limit,
    )
    if (people.length === 0) return []
    const claimed = await tables
      .updateTable('account_health')
      .set({ checked_at: at.toISOString() })
      .where('external_user_id', 'in', people)
      .where('checked_at', '<', before.toISOString())
      .returning(['external_user_id', 'account_id'])
      .execute()
    const byUser = Map.groupBy(claimed, ({ external_user_id }) => external_user_id)
    return people.map((externalUserId) => {
      const accounts = byUser.get(externalUserId) ?? []
      return { externalUserId, accountIds: accounts.map(({ account_id }) => account_id) }
    })
  })
}

async function listFirstSeen(
  { tables }: Pick<Database, 'tables'>,
  accountIds: readonly string[],
): Promise<Map<string, Date | null>> {
  if (accountIds.length === 0) return new Map()
  const rows = await tables
    .selectFrom('account_health')
    .select(['account_id', 'first_seen_at'])
    .where('account_id', 'in', accountIds)
    .execute()
  return new Map(
    rows.map((row) => [row.account_id, row.first_seen_at ? new Date(row.first_seen_at) : null]),
  )
}

/** Records a change, unless another request did. */
async function recordChange(
  { tables, append }: Transaction,
  { accountId, externalUserId, app, health }: SeenAccount,
  at: Pick<NewEvent, 'at' | 'requestId'>,
): Promise<void> {
  const changed = await tables
    .updateTable('account_health')
    .set({ health })
    .where('account_id', '=', accountId)
    .where('health', '!=', health)
    .returning('account_id')
    .executeTakeFirst()
  if (!changed) return
  append({ type: 'account_health_changed', accountId, externalUserId, app, reason: health, ...at })
}

// Of an account that another request has recorded meanwhile, the next read finds a change.
async function recordFirst(
  { tables }: Transaction,
  accounts: readonly SeenAccount[],
  at: string,
): Promise<void> {
  const rows = accounts.map(({ accountId, externalUserId, health }) => ({
    account_id: accountId,
    external_user_id: externalUserId,
    health,
    checked_at: at,
    first_seen_at: at,
  }))
  for (const portion of portionsOf(rows)) {
    await tables
      .insertInto('account_health')
      .values(portion)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}
