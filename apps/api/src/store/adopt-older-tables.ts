import { type Kysely, sql } from 'kysely'
import { OLDER } from './postgres/schema-names.ts'
import type { Tables } from './tables.ts'

/** The gateway's tables before it had its own schema: their columns, by the migration that created them. */
const OLDER_TABLES = {
  flows: {
    '0001':
      'id external_user_id app reconnects status account_id browser_hash created_at expires_at',
    '0002': 'connect_token_hash secret_hash error viewer_kind',
    '0003': 'closed_at burned_at settle_after',
    '0006': 'opened_at',
  },
  sessions: { '0001': 'session_hash external_user_id role expires_at' },
  events: {
    '0002': 'id type flow_id account_id external_user_id app viewer_kind reason request_id at',
    '0005': 'actor_id',
  },
  held_accounts: { '0002': 'account_id flow_id external_user_id since deadline removed_at' },
  account_health: { '0003': 'account_id external_user_id health checked_at' },
  access_tokens: { '0004': 'token_hash expires_at' },
} as const satisfies Record<string, Record<string, string>>

const OLDER_MIGRATIONS = [
  '0001-flows-and-sessions',
  '0002-events',
  '0003-settle-flows',
  '0004-access-tokens',
  '0005-observe-flows',
  '0006-open-flows',
  '0007-index-requests',
  '0008-index-events-by-app',
]

const MIGRATION_TABLES = {
  kysely_migration: 'name timestamp',
  kysely_migration_lock: 'id is_locked',
}

/** How long to wait for other connections that use the tables. */
const LOCK_TIMEOUT = '60s'

/**
 * Moves the tables of an older installation into the gateway's own schema, if they are in the search path and have exactly
 * the columns that its migrations created. Tables of other programs stay as they are. Runs in a transaction.
 */
export async function adoptOlderTables(transaction: Kysely<Tables>, schema: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select name from unnest(current_schemas(false)::text[]) with ordinality as path (name, place)
    where name <> ${schema} order by place`.execute(transaction)
  for (const { name } of rows) {
    const tables = await findOlderTables(transaction, name)
    if (tables.length > 0) return move(transaction, { from: name, to: schema, tables })
  }
}

/** Returns the gateway's tables in a schema; none unless all exist with exactly the expected columns. */
async function findOlderTables(transaction: Kysely<Tables>, schema: string): Promise<string[]> {
  const found = await readColumns(transaction, schema)
  if (!hasColumns(found, 'kysely_migration', MIGRATION_TABLES.kysely_migration)) return []
  if (!hasColumns(found, 'kysely_migration_lock', MIGRATION_TABLES.kysely_migration_lock)) return []
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.id(schema, 'kysely_migration')} order by name`.execute(transaction)
  const done = rows.map(({ name }) => name)
  if (done.length === 0 || done.some((name, index) => name !== OLDER_MIGRATIONS[index])) return []
  const newest = done.at(-1)?.slice(0, 4) ?? ''
  const expected = Object.entries(OLDER_TABLES).flatMap(([table, parts]) => {
    const columns = Object.entries(parts).flatMap(([since, names]) =>
      since <= newest ? [names] : [],
    )
    return columns.length > 0 ? [{ table, columns: columns.join(' ') }] : []
  })
  if (!expected.every(({ table, columns }) => hasColumns(found, table, columns))) return []
  return [...expected.map(({ table }) => table), ...Object.keys(MIGRATION_TABLES)]
}

type Columns = ReadonlyMap<string, readonly string[]>

async function readColumns(transaction: Kysely<Tables>, schema: string): Promise<Columns> {
  const names = [...Object.keys(OLDER_TABLES), ...Object.keys(MIGRATION_TABLES)]
  const { rows } = await sql<{ table: string; columns: string[] }>`
    select relname::text as "table", array_agg(attname::text) as columns
    from pg_catalog.pg_attribute join pg_catalog.pg_class on pg_class.oid = attrelid
    where relnamespace = (select oid from pg_catalog.pg_namespace where nspname = ${schema})
      and relkind = 'r' and relname = any(${names}::text[]) and attnum > 0 and not attisdropped
    group by relname`.execute(transaction)
  return new Map(rows.map(({ table, columns }) => [table, columns]))
}

function hasColumns(found: Columns, table: string, columns: string): boolean {
  const expected = columns.split(' ').toSorted()
  return found.get(table)?.toSorted().join(' ') === expected.join(' ')
}

interface Move {
  from: string
  to: string
  tables: readonly string[]
}

// Indexes, triggers and the log's sequence move with their tables.
async function move(transaction: Kysely<Tables>, { from, to, tables }: Move): Promise<void> {
  await sql`set local lock_timeout = ${sql.lit(LOCK_TIMEOUT)}`.execute(transaction)
  // Waits until a replica of the older version, which may still run, has finished its write.
  await sql`select pg_advisory_xact_lock(${OLDER.writerLock})`.execute(transaction)
  for (const table of tables) {
    await sql`alter table ${sql.id(from, table)} set schema ${sql.id(to)}`.execute(transaction)
  }
  if (tables.includes('events')) {
    const guard = sql.id(from, 'refuse_to_touch_events')
    await sql`alter function ${guard}() set schema ${sql.id(to)}`.execute(transaction)
  }
  if (await hasOlderCounters(transaction, from)) {
    await sql`alter table ${sql.id(from, 'rate_limits')} set schema ${sql.id(to)}`.execute(
      transaction,
    )
  }
  await sql`set local lock_timeout to default`.execute(transaction)
}

// The rate limiter's library creates tables with the same columns for other programs, but with a default and not unlogged.
async function hasOlderCounters(transaction: Kysely<Tables>, schema: string): Promise<boolean> {
  const { rows } = await sql<{ columns: string[] }>`
    select array_agg(attname::text) as columns
    from pg_catalog.pg_attribute join pg_catalog.pg_class on pg_class.oid = attrelid
    where relnamespace = (select oid from pg_catalog.pg_namespace where nspname = ${schema})
      and relkind = 'r' and relpersistence = 'u' and relname = 'rate_limits' and attnum > 0 and not attisdropped
    having not bool_or(atthasdef)`.execute(transaction)
  return rows[0]?.columns?.toSorted().join(' ') === 'expire key points'
}
