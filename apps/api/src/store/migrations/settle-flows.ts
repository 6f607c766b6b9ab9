import { type Kysely, sql } from 'kysely'

/** What it takes to bring flows in line with what Pipedream has, and to notice how accounts fare. */
export async function settleFlows(database: Kysely<unknown>): Promise<void> {
  for (const column of ['closed_at', 'burned_at', 'settle_after']) {
    await database.schema.alterTable('flows').addColumn(column, 'text').execute()
  }
  // Those from before: their accounts were never held, so all there is to do is to close them.
  await sql`update flows set settle_after = expires_at where status = 'open'`.execute(database)
  await sql`create index flows_unsettled on flows (settle_after) where settle_after is not null`.execute(
    database,
  )
  await sql`create index flows_unsettled_by_user on flows (external_user_id) where settle_after is not null`.execute(
    database,
  )
  await sql`create index flows_by_account on flows (account_id) where account_id is not null`.execute(
    database,
  )
  await database.schema
    .createTable('account_health')
    .addColumn('account_id', 'text', (column) => column.primaryKey())
    .addColumn('external_user_id', 'text', (column) => column.notNull())
    .addColumn('health', 'text', (column) => column.notNull())
    .addColumn('checked_at', 'text', (column) => column.notNull())
    .execute()
  await sql`create index account_health_by_user on account_health (external_user_id)`.execute(
    database,
  )
  await sql`create index account_health_by_age on account_health (checked_at)`.execute(database)
}
