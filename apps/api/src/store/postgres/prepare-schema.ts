import { type Kysely, sql } from 'kysely'
import { adoptOlderTables } from '../adopt-older-tables.ts'
import type { SchemaNames } from './schema-names.ts'
import type { Tables } from '../tables.ts'

/** The database is not set up for the gateway; the message says what to change. */
export class SchemaError extends Error {}

/**
 * Creates the gateway's schema if it is missing, and moves the tables of an older installation into it. Runs in a transaction
 * that holds a lock, so that replicas that start together run one after the other. Throws `SchemaError`.
 */
export async function prepareSchema(
  transaction: Kysely<Tables>,
  { schema, migrationLock }: SchemaNames,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(transaction)
  const rights = await readRights(transaction, schema)
  if (!rights.exists) {
    if (!rights.may_create_schema) throw new SchemaError(mayNotCreateSchema(rights, schema))
    await sql`create schema ${sql.id(schema)}`.execute(transaction)
  } else if (!rights.may_use) {
    throw new SchemaError(lacks(rights, `USAGE, CREATE ON SCHEMA "${schema}"`))
  }
  const state = await readOwner(transaction, schema)
  if (state === 'others') {
    throw new SchemaError(
      `The schema "${schema}" has tables of another program. Set DATABASE_SCHEMA to a schema for the gateway only.`,
    )
  }
  if (state === 'empty') await adoptOlderTables(transaction, schema)
}

/** Throws a `SchemaError` that names the missing grant, unless the role may create tables in the schema. */
export async function checkMayCreate(transaction: Kysely<Tables>, schema: string): Promise<void> {
  const rights = await readRights(transaction, schema)
  if (!rights.may_create) throw new SchemaError(lacks(rights, `CREATE ON SCHEMA "${schema}"`))
}

/** Whether the schema has the gateway's tables, and the role may use it. */
export async function isOwnSchema(tables: Kysely<Tables>, schema: string): Promise<boolean> {
  const rights = await readRights(tables, schema)
  return rights.may_use && (await readOwner(tables, schema)) === 'ours'
}

interface Rights {
  role: string
  database: string
  exists: boolean
  may_create_schema: boolean
  may_use: boolean
  may_create: boolean
}

async function readRights(tables: Kysely<Tables>, schema: string): Promise<Rights> {
  const { rows } = await sql<Rights>`
    select current_user::text as role, current_database()::text as database,
      namespace.oid is not null as exists,
      has_database_privilege(current_database(), 'create') as may_create_schema,
      coalesce(has_schema_privilege(namespace.oid, 'usage'), false) as may_use,
      coalesce(has_schema_privilege(namespace.oid, 'create'), false) as may_create
    from (select) as one left join pg_catalog.pg_namespace as namespace on nspname = ${schema}`.execute(
    tables,
  )
  const [rights] = rows
  if (!rights) throw new Error('PostgreSQL returned no row.')
  return rights
}

function lacks({ role }: Rights, grant: string): string {
  return `The role "${role}" lacks privileges. Ask the owner to run: GRANT ${grant} TO "${role}"`
}

function mayNotCreateSchema({ role, database }: Rights, schema: string): string {
  return `The role "${role}" may not create the schema "${schema}". Ask an administrator to run: CREATE SCHEMA "${schema}" AUTHORIZATION "${role}", or GRANT CREATE ON DATABASE "${database}" TO "${role}"`
}

const FIRST_MIGRATION = '0001-flows-and-sessions'

// An object, because its type demands every table. `rate_limits` is not one of them: the counters may be created first.
const TABLES: Readonly<Record<keyof Tables, true>> = {
  access_tokens: true,
  account_health: true,
  events: true,
  flows: true,
  heartbeat: true,
  held_accounts: true,
  kysely_migration: true,
  proofs: true,
  reported_accounts: true,
  sessions: true,
  write_tests: true,
}

/** Which program owns the tables in a schema that have the gateway's table names. */
async function readOwner(
  tables: Kysely<Tables>,
  schema: string,
): Promise<'empty' | 'ours' | 'others'> {
  const { rows } = await sql<{ name: string }>`
    select relname::text as name from pg_catalog.pg_class
    where relnamespace = (select oid from pg_catalog.pg_namespace where nspname = ${schema})
      and relname = any(${Object.keys(TABLES)}::text[])`.execute(tables)
  if (rows.length === 0) return 'empty'
  if (!rows.some(({ name }) => name === 'kysely_migration')) return 'others'
  const { rows: migrations } = await sql<{ name: string }>`
    select name from ${sql.id(schema, 'kysely_migration')} order by name limit 1`.execute(tables)
  const [first] = migrations
  return first === undefined || first.name === FIRST_MIGRATION ? 'ours' : 'others'
}
