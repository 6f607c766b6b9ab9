import type { Kysely } from 'kysely'
import { migrationsFor } from './migrations.ts'
import type { Database } from './open-database.ts'
import type { Tables } from './tables.ts'

export type MigrationState = 'done' | 'missing'

const NEWEST = Object.keys(migrationsFor('sqlite')).toSorted().at(-1) ?? ''

/** Asks the database, which also shows that it can be reached. */
export async function readMigrationState({
  tables,
}: Pick<Database, 'tables'>): Promise<MigrationState> {
  return (await isMigrated(tables)) ? 'done' : 'missing'
}

/** Whether the tables are those of this version; a newer replica may have gone further. */
export async function isMigrated(tables: Kysely<Tables>): Promise<boolean> {
  const row = await tables
    .selectFrom('kysely_migration')
    .select((select) => select.fn.max('name').as('newest'))
    .executeTakeFirst()
  return (row?.newest ?? '') >= NEWEST
}
