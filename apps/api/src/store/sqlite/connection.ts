import {
  DatabaseSync,
  type SQLInputValue,
  type SQLOutputValue,
  type StatementSync,
} from 'node:sqlite'
import { lru } from 'tiny-lru'

/** A statement with its parameters: strings, numbers and null. */
export interface Statement {
  sql: string
  parameters: readonly unknown[]
}

/** What a statement did. */
export interface StatementResult {
  rows: Record<string, SQLOutputValue>[]
  /** How many rows it changed; undefined if it returns rows. */
  changes?: number | bigint
}

/** What the last of some statements did, or which of them failed, and why. */
export type Outcome = { result: StatementResult } | { at: number; error: unknown }

/** A connection to the embedded database. It blocks the thread that uses it. */
export interface Connection {
  /** Runs a statement. Throws the error of SQLite. */
  execute(statement: Statement): StatementResult
  /** Runs statements in their order until one fails. */
  run(statements: readonly Statement[]): Outcome
  close(): void
}

// More than the gateway has; those for lists of IDs come in many lengths.
const STATEMENTS_MAX = 100

/** Opens a database file, or `:memory:`, and keeps the statements that it has prepared. */
export function openConnection(path: string, { readOnly = false } = {}): Connection {
  const sqlite = new DatabaseSync(path, { readOnly })
  const known = lru<Prepared>(STATEMENTS_MAX)

  function preparedFor(sql: string): Prepared {
    const found = known.get(sql)
    if (found) return found
    const statement = sqlite.prepare(sql)
    const prepared = { statement, returnsRows: statement.columns().length > 0 }
    known.set(sql, prepared)
    return prepared
  }

  function execute({ sql, parameters }: Statement): StatementResult {
    const { statement, returnsRows } = preparedFor(adapt(sqlite, sql))
    const values = parameters.map(asSqlValue)
    if (returnsRows) return { rows: statement.all(...values) }
    return { rows: [], changes: statement.run(...values).changes }
  }

  return {
    execute,
    run(statements) {
      let result: StatementResult = { rows: [] }
      for (const [at, statement] of statements.entries()) {
        try {
          result = execute(statement)
        } catch (error) {
          return { at, error }
        }
      }
      return { result }
    },
    close: () => sqlite.close(),
  }
}

interface Prepared {
  statement: StatementSync
  returnsRows: boolean
}

function adapt(sqlite: DatabaseSync, sql: string): string {
  // A transaction that starts with a read could no longer write after a write by another process.
  if (sql === 'begin') return 'begin immediate'
  // A full disk has already rolled the transaction back, and a second rollback would hide the reason.
  return sql === 'rollback' && !sqlite.isTransaction ? 'select 1' : sql
}

function asSqlValue(parameter: unknown): SQLInputValue {
  if (typeof parameter === 'string' || typeof parameter === 'number' || parameter === null) {
    return parameter
  }
  throw new TypeError('The database stores only strings, numbers and null.')
}

/** The primary result code of an error of SQLite; undefined for other errors. */
export function sqliteCodeOf(error: unknown): number | undefined {
  // The upper bits contain the extended code.
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) % 256 : undefined
}
