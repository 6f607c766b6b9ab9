import { sql } from 'kysely'
import { migrationsFor } from './migrations.ts'
import type { Database } from './open-database.ts'

export type MigrationState = 'done' | 'missing'

const NEWEST = Object.keys(migrationsFor('sqlite')).toSorted().at(-1) ?? ''

/** Asks the database, which also shows that it can be reached. */
export async function readMigrationState({
  tables,
}: Pick<Database, 'tables'>): Promise<MigrationState> {
  const { rows } = await sql<{ newest: string | null }>`
    select max(name) as newest from kysely_migration`.execute(tables)
  // A newer replica may have gone further.
  return (rows[0]?.newest ?? '') >= NEWEST ? 'done' : 'missing'
}
