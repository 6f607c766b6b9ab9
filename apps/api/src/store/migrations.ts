import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { EngineName } from './engine.ts'
import { createAccessTokens } from './migrations/create-access-tokens.ts'
import { createEvents } from './migrations/create-events.ts'
import { indexEventsByApp } from './migrations/index-events-by-app.ts'
import { indexRequests } from './migrations/index-requests.ts'
import { observeFlows } from './migrations/observe-flows.ts'
import { openFlows } from './migrations/open-flows.ts'
import { settleFlows } from './migrations/settle-flows.ts'

/** Every step from an empty database to today's; one that has shipped is never edited. */
export function migrationsFor(engine: EngineName): Record<string, Migration> {
  return {
    '0001-flows-and-sessions': {
      async up(database: Kysely<unknown>) {
        await createFlows(database)
        await createSessions(database)
      },
    },
    '0002-events': {
      async up(database: Kysely<unknown>) {
        await createEvents(database, engine)
        await extendFlows(database)
        await createHeldAccounts(database)
      },
    },
    '0003-settle-flows': { up: settleFlows },
    '0004-access-tokens': { up: createAccessTokens },
    '0005-observe-flows': { up: observeFlows },
    '0006-open-flows': { up: openFlows },
    '0007-index-requests': { up: indexRequests },
    '0008-index-events-by-app': { up: indexEventsByApp },
  }
}

async function createFlows(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('flows')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('external_user_id', 'text', (column) => column.notNull())
    .addColumn('app', 'text', (column) => column.notNull())
    .addColumn('reconnects', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text')
    .addColumn('browser_hash', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute()
  // A new account is the fruit of one flow only, however many confirmations race.
  await sql`create unique index flows_one_per_new_account on flows (account_id) where reconnects is null`.execute(
    database,
  )
}

async function createSessions(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('sessions')
    .addColumn('session_hash', 'text', (column) => column.primaryKey())
    .addColumn('external_user_id', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute()
}

async function extendFlows(database: Kysely<unknown>): Promise<void> {
  for (const column of ['connect_token_hash', 'secret_hash', 'error']) {
    await database.schema.alterTable('flows').addColumn(column, 'text').execute()
  }
  await database.schema
    .alterTable('flows')
    .addColumn('viewer_kind', 'text', (column) => column.notNull().defaultTo('user'))
    .execute()
  await sql`update flows set viewer_kind = 'service' where browser_hash is null`.execute(database)
  await sql`create unique index flows_by_secret on flows (secret_hash)`.execute(database)
}

async function createHeldAccounts(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('held_accounts')
    .addColumn('account_id', 'text', (column) => column.primaryKey())
    .addColumn('flow_id', 'text', (column) => column.notNull())
    .addColumn('external_user_id', 'text', (column) => column.notNull())
    .addColumn('since', 'text', (column) => column.notNull())
    .addColumn('deadline', 'text', (column) => column.notNull())
    .addColumn('removed_at', 'text')
    .execute()
  await sql`create index held_accounts_by_user on held_accounts (external_user_id) where removed_at is null`.execute(
    database,
  )
  await sql`create index held_accounts_due on held_accounts (deadline) where removed_at is null`.execute(
    database,
  )
  await sql`create index held_accounts_by_flow on held_accounts (flow_id)`.execute(database)
}
