import { type Kysely, sql } from 'kysely'

/** What operators need: who acted on somebody else's behalf, and ways to find flows by code, person, app and age. */
export async function observeFlows(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('events').addColumn('actor_id', 'text').execute()
  const indexes = [
    sql`create index events_by_request on events (substr(request_id, 1, 8)) where request_id is not null`,
    sql`create index events_by_actor on events (actor_id, id) where actor_id is not null`,
    sql`create index flows_by_age on flows (created_at, id)`,
    sql`create index flows_by_user on flows (external_user_id, created_at)`,
    sql`create index flows_by_app on flows (app, created_at)`,
    sql`create index flows_by_code on flows (substr(id, 1, 8))`,
  ]
  for (const index of indexes) await index.execute(database)
}
