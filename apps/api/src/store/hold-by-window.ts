import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { EngineName } from './engine.ts'

/** The migration after which windows on Pipedream's clock decide what is held, and proofs what is deleted. */
export function holdByWindow(engine: EngineName): Migration {
  return { up: (database: Kysely<unknown>) => up(database, engine) }
}

async function up(database: Kysely<unknown>, engine: EngineName): Promise<void> {
  const flowColumns = ['window_start', 'window_end', 'hinted_at', 'signed_out_at']
  for (const column of [...flowColumns, 'created_account_id', 'proven_at', 'cursor']) {
    await database.schema.alterTable('flows').addColumn(column, 'text').execute()
  }
  for (const column of ['app', 'account_created_at', 'reason', 'released_at', 'removing_at']) {
    await database.schema.alterTable('held_accounts').addColumn(column, 'text').execute()
  }
  await database.schema.alterTable('flows').addColumn('revocation', 'integer').execute()
  await database.schema.alterTable('held_accounts').addColumn('released_after', 'integer').execute()
  for (const table of ['flows', 'held_accounts']) {
    const queue = database.schema.alterTable(table)
    await queue
      .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
    await queue.addColumn('last_error', 'text').execute()
  }
  await database.schema.alterTable('account_health').addColumn('first_seen_at', 'text').execute()
  await database.schema
    .createTable('heartbeat')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await sql`update flows set window_start = created_at, window_end = ${AFTER_EXPIRY[engine]}`.execute(
    database,
  )
  // Without a proof nothing is deleted, also by an older version that still runs; what it holds from now on, it deletes.
  await sql`update held_accounts set account_created_at = since, deadline = '9999-12-31T23:59:59.999Z' where removed_at is null`.execute(
    database,
  )
  const indexes = [
    sql`drop index flows_unsettled_by_user`,
    sql`create index flows_by_window on flows (external_user_id, window_end, window_start)`,
    sql`create index flows_revoked on flows (external_user_id) where burned_at is not null and settle_after is not null`,
    sql`create index flows_by_browser on flows (browser_hash, expires_at) where browser_hash is not null`,
    sql`create index flows_by_proof on flows (created_account_id) where created_account_id is not null`,
    sql`create index flows_proven on flows (expires_at) where proven_at is not null`,
    sql`create index held_accounts_by_age on held_accounts (since, account_id) where removed_at is null and released_at is null`,
  ]
  for (const index of indexes) await index.execute(database)
}

const AFTER_EXPIRY = {
  sqlite: sql`strftime('%Y-%m-%dT%H:%M:%fZ', expires_at, '+5 minutes')`,
  postgres: sql`to_char((expires_at::timestamptz + interval '5 minutes') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
} as const
