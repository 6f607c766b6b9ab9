import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { EngineName } from './engine.ts'
import { migrationsFor } from './migrations.ts'
import type { Tables } from './tables.ts'

/** Brings the tables up to date. */
export async function migrate(tables: Kysely<Tables>, engine: EngineName): Promise<void> {
  const { error } = await new Migrator({
    db: tables,
    provider: { getMigrations: () => Promise.resolve(migrationsFor(engine)) },
  }).migrateToLatest()
  if (error === undefined) return
  const reason = error instanceof Error ? error.message : 'nobody knows why'
  throw new Error(`The tables of the database could not be brought up to date: ${reason}.`, {
    cause: error,
  })
}
