import { type Kysely, sql } from 'kysely'
import type { EngineName } from '../engine.ts'

/** The log of what happened. The database itself refuses to change or delete what is in it. */
export async function createEvents(database: Kysely<unknown>, engine: EngineName): Promise<void> {
  await database.schema
    .createTable('events')
    .addColumn('id', engine === 'sqlite' ? 'integer' : 'bigint', (column) =>
      engine === 'sqlite'
        ? column.primaryKey().autoIncrement()
        : column.primaryKey().generatedAlwaysAsIdentity(),
    )
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('flow_id', 'text')
    .addColumn('account_id', 'text')
    .addColumn('external_user_id', 'text')
    .addColumn('app', 'text')
    .addColumn('viewer_kind', 'text')
    .addColumn('reason', 'text')
    .addColumn('request_id', 'text')
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await sql`create index events_by_user on events (external_user_id, id)`.execute(database)
  await sql`create index events_by_flow on events (flow_id, id)`.execute(database)
  await sql`create index events_by_type on events (type, at)`.execute(database)
  for (const statement of engine === 'sqlite' ? SQLITE_GUARD : POSTGRES_GUARD) {
    await statement.execute(database)
  }
}

const SQLITE_GUARD = [
  sql`create trigger events_never_change before update on events begin select raise(abort, 'Events are never changed.'); end`,
  sql`create trigger events_stay before delete on events begin select raise(abort, 'Events are never deleted.'); end`,
]

const POSTGRES_GUARD = [
  sql`create function refuse_to_touch_events() returns trigger language plpgsql as $$ begin raise exception 'Events are never changed or deleted.'; end $$`,
  sql`create trigger events_stay before update or delete or truncate on events for each statement execute function refuse_to_touch_events()`,
]
