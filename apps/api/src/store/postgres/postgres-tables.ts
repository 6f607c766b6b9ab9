import {
  type DialectAdapter,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  sql,
  type Transaction,
} from 'kysely'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import { explainDatabaseError } from '../explain-database-error.ts'
import { asMigrationError, isMigrated, migrate } from '../migrate.ts'
import type { Tables } from '../tables.ts'
import { connectTimeoutOf, openPostgresPool, type PostgresPool } from './postgres-pool.ts'
import type { PostgresTarget } from './postgres-url.ts'
import { checkMayCreate, isOwnSchema, prepareSchema } from './prepare-schema.ts'
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
  target: PostgresTarget,
  names: SchemaNames,
  to?: string,
): Promise<void> {
  const { schema } = names
  const isDone = async (tables: Kysely<Tables>) =>
    (await isUpToDate(tables, schema)) && to === undefined
  await prepare({ target, names, isDone }, async (transaction) => {
    await migrate(transaction, { engine: 'postgres', schema, to })
    await createCounters(transaction)
  })
}

/** Creates the rate limit table. Unlogged, because it need not survive a crash and must not wait for the disk. */
export async function migrateCounters(target: PostgresTarget, names: SchemaNames): Promise<void> {
  const isDone = (tables: Kysely<Tables>) =>
    exists(tables, { schema: names.schema, table: 'rate_limits' })
  await prepare({ target, names, isDone }, createCounters)
}

interface Preparation {
  target: PostgresTarget
  names: SchemaNames
  /** Checked first, so that a role without the right to change tables can use tables that another role migrated. */
  isDone: (tables: Kysely<Tables>) => Promise<boolean>
}

/** Changes the schema, unless that is already done. Throws an error with a sentence for the operator. */
async function prepare(
  { target, names, isDone }: Preparation,
  change: (transaction: Transaction<Tables>) => Promise<void>,
): Promise<void> {
  const { schema } = names
  const isReady = async (tables: Kysely<Tables>) =>
    (await isOwnSchema(tables, schema)) && (await isDone(tables))
  try {
    // A silent database must not stop the start forever, but a migration, or waiting for that of another replica, may take any
    // time. So what most starts only read is read with a time-out first.
    const heldTimeoutMs = connectTimeoutOf(target)
    if (await connected({ target, schema, heldTimeoutMs }, (tables) => isReady(tables))) return
    await connected({ target, schema }, (tables) =>
      tables.transaction().execute(async (transaction) => {
        await prepareSchema(transaction, names)
        if (await isDone(transaction)) return
        await checkMayCreate(transaction, schema)
        // Raw SQL names no schema, so it uses this search path until the end of the transaction.
        await sql`set local search_path to ${sql.id(schema)}`.execute(transaction)
        await change(transaction)
      }),
    )
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw asMigrationError(error)
    throw new Error(explainDatabaseError(error, target, 'DATABASE_URL'), { cause: error })
  }
}

interface Connecting {
  target: PostgresTarget
  schema: string
  heldTimeoutMs?: number
}

/** Runs a function with a connection of its own. */
async function connected<Result>(
  { target, schema, heldTimeoutMs }: Connecting,
  run: (tables: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  const tables = openTables(openPostgresPool(target, { max: 1, heldTimeoutMs }), schema)
  try {
    return await tables.withoutPlugins().connection().execute(run)
  } finally {
    await tables.destroy()
  }
}

async function createCounters(transaction: Transaction<Tables>): Promise<void> {
  await sql`create unlogged table if not exists rate_limits
    (key varchar(255) primary key, points integer not null, expire bigint)`.execute(transaction)
}

async function isUpToDate(tables: Kysely<Tables>, schema: string): Promise<boolean> {
  for (const table of ['kysely_migration', 'rate_limits']) {
    if (!(await exists(tables, { schema, table }))) return false
  }
  return isMigrated(tables.withSchema(schema))
}

async function exists(
  tables: Kysely<Tables>,
  { schema, table }: { schema: string; table: string },
): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_catalog.pg_class
    where relnamespace = (select oid from pg_catalog.pg_namespace where nspname = ${schema})
      and relname = ${table}`.execute(tables)
  return rows.length > 0
}
