import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely'
import type { Engine } from './engine.ts'
import { migrate } from './migrate.ts'
import type { Tables } from './tables.ts'

const PATIENCE_MS = 10_000

/**
 * The embedded database: one process, one connection. Kysely hands the connection out to one user at a time, so that
 * nobody reads half of another's transaction.
 */
export async function openSqlite(path: string): Promise<Engine> {
  const sqlite = await openFile(path)
  const tables = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: asKyselyDatabase(sqlite) }),
  })
  return {
    name: 'sqlite',
    tables,
    migrate: (to) => migrateAlone(sqlite, tables, to),
    transact: (run) => whenFree(() => tables.transaction().execute(run)),
    // There is no other replica.
    announce: () => Promise.resolve(),
    listen: () => Promise.resolve(),
    warnings: () => [],
    close: () => tables.destroy(),
  }
}

// One transaction around all of it: of many that start at once, the others find the work done.
async function migrateAlone(
  sqlite: DatabaseSync,
  tables: Kysely<Tables>,
  to: string | undefined,
): Promise<void> {
  await whenFree(() => sqlite.exec('begin immediate'))
  try {
    await migrate(tables, { engine: 'sqlite', to })
    sqlite.exec('commit')
  } catch (error) {
    sqlite.exec('rollback')
    throw error
  }
}

async function openFile(path: string): Promise<DatabaseSync> {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
    const sqlite = new DatabaseSync(path)
    // Short, because it holds up everything else here: whoever writes longer is waited for in `whenFree`.
    sqlite.exec('PRAGMA busy_timeout = 20')
    await whenFree(() => sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL'))
    return sqlite
  } catch (cause) {
    throw new Error(
      `The database ${path} cannot be opened. Check the file, or set DATA_DIR to another folder.`,
      { cause },
    )
  }
}

/** Tries again while another connection writes to the file. */
async function whenFree<Result>(run: () => Result | Promise<Result>): Promise<Result> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error
      await setTimeout(5 + Math.random() * 20)
    }
  }
}

const SQLITE_BUSY = 5

function isBusy(error: unknown): boolean {
  return isSqliteError(error, SQLITE_BUSY)
}

/** Whether an error is SQLite's, of this primary result code. */
export function isSqliteError(error: unknown, code: number): boolean {
  // The upper bits say why.
  return error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === code
}

// Kysely speaks better-sqlite3; Node's own SQLite differs only in how a statement says that it returns rows.
function asKyselyDatabase(sqlite: DatabaseSync): SqliteDatabase {
  return {
    close: () => sqlite.close(),
    prepare(sql) {
      // A transaction that begins by reading could no longer write once another process has.
      const statement = sqlite.prepare(sql === 'begin' ? 'begin immediate' : sql)
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters.map(asSqlValue)),
        run: (parameters) => statement.run(...parameters.map(asSqlValue)),
        iterate: (parameters) => statement.iterate(...parameters.map(asSqlValue)),
      }
    },
  }
}

function asSqlValue(parameter: unknown): SQLInputValue {
  if (typeof parameter === 'string' || typeof parameter === 'number' || parameter === null) {
    return parameter
  }
  throw new TypeError('Only texts, numbers and null are kept in the database.')
}
