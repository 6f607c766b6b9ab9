import { type Kysely, sql } from 'kysely'

/** What tells a flow that somebody began from a connect token that was only handed out. */
export async function openFlows(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('flows').addColumn('opened_at', 'text').execute()
  // Those from before were begun as soon as they were created.
  await sql`update flows set opened_at = created_at`.execute(database)
}
