import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { DatabaseUnavailable } from './database-unavailable.ts'
import type { EngineName } from './engine.ts'
import { migrationsFor } from './migrations.ts'
import { SchemaError } from './postgres/prepare-schema.ts'
import type { Tables } from './tables.ts'

export interface MigrateOptions {
  engine: EngineName
  /** The PostgreSQL schema of the tables. */
  schema?: string | undefined
  /** The last migration to run; default: the newest. */
  to?: string | undefined
}

/** Migrates the tables. */
export async function migrate(
  tables: Kysely<Tables>,
  { engine, schema, to }: MigrateOptions,
): Promise<void> {
  const migrator = new Migrator({
    db: tables,
    provider: { getMigrations: () => Promise.resolve(migrationsFor(engine)) },
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  })
  const { error } = await (to === undefined ? migrator.migrateToLatest() : migrator.migrateTo(to))
  if (error !== undefined) throw asMigrationError(error)
}

class MigrationError extends Error {}

/** Wraps an error of a migration, for the operator. Errors that already have a message for the operator stay as they are. */
export function asMigrationError(cause: unknown): Error {
  const isExplained =
    cause instanceof SchemaError ||
    cause instanceof MigrationError ||
    cause instanceof DatabaseUnavailable
  if (isExplained) return cause
  const reason = cause instanceof Error ? cause.message : 'unknown error'
  return new MigrationError(`Could not migrate the database tables: ${reason}.`, { cause })
}

export type MigrationState = 'done' | 'missing'

const NEWEST = Object.keys(migrationsFor('sqlite')).toSorted().at(-1) ?? ''

/** Queries the database, and so also shows that it is reachable. */
export async function readMigrationState({
  tables,
}: {
  tables: Kysely<Tables>
}): Promise<MigrationState> {
  return (await isMigrated(tables)) ? 'done' : 'missing'
}

/** Whether the tables are at least at this version's migration; a newer replica may have gone further. */
export async function isMigrated(tables: Kysely<Tables>): Promise<boolean> {
  const row = await tables
    .selectFrom('kysely_migration')
    .select((select) => select.fn.max('name').as('newest'))
    .executeTakeFirst()
  return (row?.newest ?? '') >= NEWEST
}
