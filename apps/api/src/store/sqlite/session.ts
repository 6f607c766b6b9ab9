import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import { type Outcome, type Statement, type StatementResult, sqliteCodeOf } from './connection.ts'

/** Runs statements in this thread or in another one. */
export interface Executor {
  /** Runs statements in their order until one fails. */
  run(statements: readonly Statement[]): Outcome | Promise<Outcome>
  close(): void | Promise<void>
}

/** How Kysely uses one connection. */
export interface Session {
  dialect: Dialect
  /** Adds statements that run just before the commit of the current transaction. */
  putLast(statements: readonly Statement[]): void
  /** Whether the last transaction has come so far that only its commit itself could fail. */
  readonly hasReachedCommit: boolean
}

const BEGIN: Statement = { sql: 'begin', parameters: [] }
const COMMIT: Statement = { sql: 'commit', parameters: [] }
const ROLLBACK: Statement = { sql: 'rollback', parameters: [] }

/**
 * Creates a session. The start of a transaction and its last statements are sent with the statement after them, so a transaction
 * that has no others goes to another thread and back once. A statement throws `DatabaseUnavailable` if it may succeed later.
 */
export function createSession(executor: Executor): Session {
  let unsent: Statement[] = []
  let hasReachedCommit = false
  // Why the current transaction could not start: its other statements would each be committed by themselves.
  let startError: unknown

  async function send(statement: Statement): Promise<StatementResult> {
    if (startError !== undefined) throw startError
    const statements = [...unsent, statement]
    unsent = []
    const outcome = await executor.run(statements)
    if (statement === COMMIT) {
      hasReachedCommit = 'result' in outcome || outcome.at === statements.length - 1
    }
    if ('result' in outcome) return outcome.result
    const { at, error } = outcome
    const reason = NOT_NOW.has(sqliteCodeOf(error)) ? new DatabaseUnavailable(error) : error
    if (statements[at] === BEGIN) startError = reason
    throw reason
  }

  const connection: DatabaseConnection = {
    async executeQuery<Row>({ sql, parameters }: CompiledQuery) {
      const { rows, changes } = await send({ sql, parameters })
      // The tables say what rows look like.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const typed = rows as Row[]
      return changes === undefined
        ? { rows: typed }
        : { rows: typed, numAffectedRows: BigInt(changes) }
    },
    streamQuery: () => {
      throw new Error('The gateway reads no streams.')
    },
  }
  const driver = {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    async beginTransaction() {
      hasReachedCommit = false
      unsent = [BEGIN]
    },
    commitTransaction: async () => void (await send(COMMIT)),
    async rollbackTransaction() {
      const hasStarted = unsent[0] !== BEGIN && startError === undefined
      unsent = []
      startError = undefined
      if (hasStarted) await send(ROLLBACK)
    },
    releaseConnection: () => Promise.resolve(),
    destroy: async () => executor.close(),
  }
  return {
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (tables) => new SqliteIntrospector(tables),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createDriver: () => driver,
    },
    putLast: (statements) => void unsent.push(...statements),
    get hasReachedCommit() {
      return hasReachedCommit
    },
  }
}

// Busy, locked, out of memory, read-only, disk error, damaged, full, cannot open, locking protocol, not a database.
const NOT_NOW: ReadonlySet<number | undefined> = new Set([5, 6, 7, 8, 10, 11, 13, 14, 15, 26])
