import type { Kysely, Transaction } from 'kysely'
import type { NewsBus } from './open-database.ts'
import type { Tables } from './tables.ts'

export type EngineName = 'sqlite' | 'postgres'

/** What the two databases do differently. */
export interface Engine {
  name: EngineName
  tables: Kysely<Tables>
  /** Brings the tables up to date; default: to the newest migration. */
  migrate(to?: string): Promise<void>
  /** Runs alone among all writers of all replicas, so that event ids become visible in their order. */
  transact(run: (tables: Transaction<Tables>) => Promise<void>): Promise<void>
  /** Tells the other replicas, once the transaction is committed, whose log has grown. */
  announce(tables: Transaction<Tables>, externalUserIds: readonly (string | null)[]): Promise<void>
  /** Passes on what other replicas announce; resolves once nothing can be missed. */
  listen(bus: NewsBus): Promise<void>
  /** What whoever runs the gateway should know, a sentence each. */
  warnings(): string[]
  close(): Promise<void>
}
