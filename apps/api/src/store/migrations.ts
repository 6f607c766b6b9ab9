import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { EngineName } from './engine.ts'
import { holdByWindow } from './hold-by-window.ts'

/** All migrations from an empty database. A migration that has shipped is never edited. */
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
    '0009-write-tests': { up: createWriteTests },
    '0010-bound-events': { up: (database: Kysely<unknown>) => boundEvents(database, engine) },
    '0011-hold-by-window': holdByWindow(engine),
    '0012-code-challenges': { up: challengeFlows },
    '0013-list-starts': { up: timeLists },
    '0014-proofs': { up: createProofs },
    '0015-reported-accounts': { up: createReportedAccounts },
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
  // A new account belongs to one flow only, even if confirmations race.
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

/** The event log. The database itself rejects changes and deletions. */
async function createEvents(database: Kysely<unknown>, engine: EngineName): Promise<void> {
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

/** Rejects deletions with SQLite. The retention job drops it and creates it again in one transaction. */
export const SQLITE_DELETION_GUARD = sql`create trigger events_stay before delete on events begin select raise(abort, 'Events are never deleted.'); end`

const SQLITE_GUARD = [
  sql`create trigger events_never_change before update on events begin select raise(abort, 'Events are never changed.'); end`,
  SQLITE_DELETION_GUARD,
]

const POSTGRES_GUARD = [
  sql`create function refuse_to_touch_events() returns trigger language plpgsql as $$ begin raise exception 'Events are never changed or deleted.'; end $$`,
  sql`create trigger events_stay before update or delete or truncate on events for each statement execute function refuse_to_touch_events()`,
]

/** What the reconciler needs: when to check a flow, and the last known health of accounts. */
async function settleFlows(database: Kysely<unknown>): Promise<void> {
  for (const column of ['closed_at', 'burned_at', 'settle_after']) {
    await database.schema.alterTable('flows').addColumn(column, 'text').execute()
  }
  // The accounts of existing flows were never held, so these flows only need to be closed.
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

/** Access tokens issued by the REST endpoint, so that the gateway recognizes them. */
async function createAccessTokens(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('access_tokens')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute()
}

/** For operators: who acted on another user's accounts, and indexes to find flows by code, user, app and age. */
async function observeFlows(database: Kysely<unknown>): Promise<void> {
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

/** Distinguishes a flow that a user opened from a connect token that was only issued. */
async function openFlows(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('flows').addColumn('opened_at', 'text').execute()
  // Existing flows count as opened when they were created.
  await sql`update flows set opened_at = created_at`.execute(database)
}

/** Replaces a partial index with a full one, because PostgreSQL has no statistics on this partial index and avoids it. */
async function indexRequests(database: Kysely<unknown>): Promise<void> {
  await sql`drop index events_by_request`.execute(database)
  await sql`create index events_by_request on events (substr(request_id, 1, 8))`.execute(database)
}

/** For operators who search events by app. */
async function indexEventsByApp(database: Kysely<unknown>): Promise<void> {
  await sql`create index events_by_app on events (app, id)`.execute(database)
}

/** A row to change, to find out whether a write lasts. */
async function createWriteTests(database: Kysely<unknown>): Promise<void> {
  await sql`create table write_tests (count integer not null)`.execute(database)
  await sql`insert into write_tests (count) values (0)`.execute(database)
}

/** One event can stand for many refusals, and the retention job alone may delete events. */
async function boundEvents(database: Kysely<unknown>, engine: EngineName): Promise<void> {
  await database.schema.alterTable('events').addColumn('occurrences', 'integer').execute()
  if (engine === 'sqlite') return
  await sql`create or replace function refuse_to_touch_events() returns trigger language plpgsql as $$ begin
    if tg_op = 'DELETE' and current_setting('connected_accounts.may_delete_events', true) = 'on' then return null; end if;
    raise exception 'Events are never changed or deleted.'; end $$`.execute(database)
}

async function createReportedAccounts(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('reported_accounts')
    .addColumn('flow_id', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('reported_accounts_key', ['flow_id', 'account_id'])
    .execute()
}

/** A second way to confirm a flow, in addition to the browser's cookie. */
async function challengeFlows(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('flows').addColumn('code_challenge', 'text').execute()
}

// An older version that still runs continues a list without its start, which then counts as unknown or as too early.
async function timeLists(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('flows').addColumn('list_started_at', 'text').execute()
  await sql`create index flows_unsettled_of_user on flows (external_user_id, created_at) where settle_after is not null`.execute(
    database,
  )
}

/** A connect token can create several accounts, and a webhook proves each. */
async function createProofs(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('proofs')
    .addColumn('flow_id', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('proven_at', 'text', (column) => column.notNull())
    .addColumn('expired_at', 'text')
    .addPrimaryKeyConstraint('proofs_key', ['flow_id', 'account_id'])
    .execute()
  await sql`insert into proofs (flow_id, account_id, proven_at, expired_at)
    select id, created_account_id, coalesce(proven_at, created_at), case when proven_at is null then created_at end
    from flows where created_account_id is not null`.execute(database)
  const changes = [
    sql`create index proofs_by_account on proofs (account_id)`,
    sql`create index proofs_by_age on proofs (proven_at) where expired_at is null`,
    sql`drop index flows_by_proof`,
    sql`drop index flows_proven`,
    sql`alter table flows drop column created_account_id`,
    sql`alter table flows drop column proven_at`,
  ]
  for (const change of changes) await change.execute(database)
}
