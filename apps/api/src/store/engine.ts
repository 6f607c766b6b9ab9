import type { CompiledQuery, Kysely, Transaction } from 'kysely'
import type { Tables } from './tables.ts'

export type EngineName = 'sqlite' | 'postgres'

/** Reads and writes in a transaction, and returns the statements that come last in it. */
type Work = (tables: Transaction<Tables>) => Promise<readonly CompiledQuery[]>

export interface TransactOptions {
  /** Called when only the commit itself can still fail, or has failed. */
  decided: () => void
  /** When to stop waiting for the database; a time of `performance.now()`. */
  deadline: number
}

/** The differences between the two databases. */
export interface Engine {
  name: EngineName
  tables: Kysely<Tables>
  /** Migrates the tables; default: to the newest migration. */
  migrate(to?: string): Promise<void>
  /**
   * Runs as the only writer across all replicas, so that event IDs become visible in order. At the deadline it stops waiting
   * and throws `DatabaseUnavailable`.
   */
  transact(run: Work, options: TransactOptions): Promise<void>
  /** Reads as another process would: on another connection, from the files at their paths. */
  readApart<Result>(read: (tables: Kysely<Tables>) => Promise<Result>): Promise<Result>
  /** Notifies the other replicas, once the transaction is committed, which users have new events. */
  announce(tables: Transaction<Tables>, news: readonly UserNews[]): Promise<void>
  /** Publishes the notifications of other replicas; resolves once none can be missed. */
  listen(bus: NewsBus): Promise<void>
  /** Messages for the operator. */
  warnings(): string[]
  close(): Promise<void>
}

/** A user has new events; without a user (null), they concern none. */
export interface UserNews {
  externalUserId: string | null
  /** Whether one of the events may have changed the user's accounts. */
  changesAccounts: boolean
}

/** Whose events are new: a user's, or possibly all users'. */
export type News = UserNews | 'all_users'

export type NewsListener = (news: News) => void

export interface NewsBus {
  /** Calls the listener after each commit, of this replica or another. Returns the function that unsubscribes it. */
  onNews: (listener: NewsListener) => () => void
  publish: (news: News) => void
}
