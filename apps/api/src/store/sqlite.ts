import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely'
import type { Engine } from './engine.ts'
import { migrate } from './migrate.ts'
import type { Tables } from './tables.ts'

const BUSY_TIMEOUT_MS = 10_000

/**
 * The embedded database: one process, one connection. Kysely gives the connection to one caller at a time, so no caller reads
 * another's uncommitted changes.
 */
export async function openSqlite(path: string): Promise<Engine> {
  const sqlite = await openFile(path)
  const tables = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: asKyselyDatabase(sqlite) }),
  })
  return {
    name: 'sqlite',
    tables,
    migrate: (to) => migrateExclusively(sqlite, tables, to),
    transact: (run, deadline) => whenFree(() => tables.transaction().execute(run), deadline),
    // There is no other replica.
    announce: () => Promise.resolve(),
    listen: () => Promise.resolve(),
    warnings: () => [],
    close: () => tables.destroy(),
  }
}

// One transaction for all migrations, so if several processes start together, only the first one migrates.
async function migrateExclusively(
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
    // Short, because it blocks this process. `whenFree` waits for longer writes of other processes.
    sqlite.exec('PRAGMA busy_timeout = 20')
    await whenFree(() => sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL'))
    return sqlite
  } catch (cause) {
    throw new Error(
      `Cannot open the database ${path}. Check the file, or set DATA_DIR to another folder.`,
      { cause },
    )
  }
}

/** Retries while another connection writes to the file. */
async function whenFree<Result>(
  run: () => Result | Promise<Result>,
  deadline = performance.now() + BUSY_TIMEOUT_MS,
): Promise<Result> {
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error
      await setTimeout(5 + Math.random() * 20)
    }
  }
}

const SQLITE_BUSY = 5

function isBusy(error: unknown): boolean {
  return isSqliteError(error, SQLITE_BUSY)
}

/** Whether an error is from SQLite, with this primary result code. */
export function isSqliteError(error: unknown, code: number): boolean {
  // The upper bits contain the extended code.
  return error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === code
}

// Kysely expects better-sqlite3. Node's SQLite differs only in how a statement reports that it returns rows.
function asKyselyDatabase(sqlite: DatabaseSync): SqliteDatabase {
  return {
    close: () => sqlite.close(),
    prepare(sql) {
      // A transaction that starts with a read could no longer write after a write by another process.
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
  throw new TypeError('The database stores only strings, numbers and null.')
}
