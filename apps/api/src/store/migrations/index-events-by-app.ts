import { type Kysely, sql } from 'kysely'

/** For operators who look for what happened with an app. */
export async function indexEventsByApp(database: Kysely<unknown>): Promise<void> {
  await sql`create index events_by_app on events (app, id)`.execute(database)
}
