import {
  type DialectAdapter,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  sql,
  type Transaction,
} from 'kysely'
import { isMigrated, migrate } from '../migrate.ts'
import type { Tables } from '../tables.ts'
import type { PostgresPool } from './postgres-pool.ts'
import { checkMayCreate, prepareSchema } from './prepare-schema.ts'
import type { SchemaNames } from './schema-names.ts'

/** Kysely takes a session lock, which behind a pooler would stay with the connection's next user. */
class Adapter extends PostgresAdapter {
  override acquireMigrationLock(): Promise<void> {
    // The caller holds a lock until the end of the transaction.
    return Promise.resolve()
  }
  override releaseMigrationLock(): Promise<void> {
    return Promise.resolve()
  }
}

class Dialect extends PostgresDialect {
  override createAdapter(): DialectAdapter {
    return new Adapter()
  }
}

/** Opens the tables, qualified with their schema, because a search path would get lost behind a pooler. */
export function openTables(pool: PostgresPool, schema: string): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new Dialect({ pool }) }).withSchema(schema)
}

/** Migrates the tables in one transaction; of replicas that start together, only one does it. */
export async function migratePostgres(
  tables: Kysely<Tables>,
  names: SchemaNames,
  to?: string,
): Promise<void> {
  const { schema } = names
  await tables
    .withoutPlugins()
    .transaction()
    .execute(async (transaction) => {
      await prepareSchema(transaction, names)
      if (to === undefined && (await isUpToDate(transaction, schema))) return
      await checkMayCreate(transaction, schema)
      // Raw SQL in migrations names no schema, so it uses this search path until the end of the transaction.
      await sql`set local search_path to ${sql.id(schema)}`.execute(transaction)
      await migrate(transaction, { engine: 'postgres', schema, to })
      await createCounters(transaction)
    })
}

/** Creates the rate limit table. Unlogged, because it need not survive a crash and must not wait for the disk. */
export async function migrateCounters(tables: Kysely<Tables>, names: SchemaNames): Promise<void> {
  const { schema } = names
  await tables
    .withoutPlugins()
    .transaction()
    .execute(async (transaction) => {
      await prepareSchema(transaction, names)
      if (await exists(transaction, { schema, table: 'rate_limits' })) return
      await checkMayCreate(transaction, schema)
      await sql`set local search_path to ${sql.id(schema)}`.execute(transaction)
      await createCounters(transaction)
    })
}

async function createCounters(transaction: Transaction<Tables>): Promise<void> {
  await sql`create unlogged table if not exists rate_limits
    (key varchar(255) primary key, points integer not null, expire bigint)`.execute(transaction)
}

// Checked first, so that a role without the right to change tables can use tables that another role migrated.
async function isUpToDate(transaction: Transaction<Tables>, schema: string): Promise<boolean> {
  const isThere = await Promise.all(
    ['kysely_migration', 'rate_limits'].map((table) => exists(transaction, { schema, table })),
  )
  return isThere.every(Boolean) && isMigrated(transaction.withSchema(schema))
}

async function exists(
  transaction: Transaction<Tables>,
  { schema, table }: { schema: string; table: string },
): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_catalog.pg_class
    where relnamespace = (select oid from pg_catalog.pg_namespace where nspname = ${schema})
      and relname = ${table}`.execute(transaction)
  return rows.length > 0
}
