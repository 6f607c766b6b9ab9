import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely'
import { lru } from 'tiny-lru'
import { DatabaseUnavailable } from './database-unavailable.ts'
import type { Engine } from './engine.ts'
import { migrate } from './migrate.ts'
import { createFileCheck, DatabaseFileLost } from './sqlite-file.ts'
import type { Tables } from './tables.ts'

const BUSY_TIMEOUT_MS = 10_000

// A new flow changes a page of each index, most of them at random places. A later checkpoint finds the same pages changed again,
// and copies them once; up to 16 MB of them. The cache is 8 MB.
const PRAGMAS =
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -8000'

/**
 * The embedded database: one process, one connection. Kysely gives the connection to one caller at a time, so no caller reads
 * another's uncommitted changes.
 */
export async function openSqlite(path: string): Promise<Engine> {
  const sqlite = await openFile(path)
  const tables = openTables(sqlite)
  const isFile = path !== ':memory:'
  const checkFile = isFile ? createFileCheck(path) : () => {}
  const check = () => checkOrSave(sqlite, checkFile)
  return {
    name: 'sqlite',
    tables,
    migrate: (to) => migrateExclusively(sqlite, tables, to),
    transact: (run, deadline) =>
      whenFree(async () => {
        check()
        await tables.transaction().execute(run)
        // The write lasts only if its files are still there after the commit.
        check()
      }, deadline),
    readApart: (read) => (isFile ? readFileApart(path, read) : read(tables)),
    // There is no other replica.
    announce: () => Promise.resolve(),
    listen: () => Promise.resolve(),
    warnings: () => [],
    close: () => tables.destroy(),
  }
}

function openTables(sqlite: DatabaseSync): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: new SqliteDialect({ database: asKyselyDatabase(sqlite) }),
  })
}

async function readFileApart<Result>(
  path: string,
  read: (tables: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  const tables = openTables(new DatabaseSync(path, { readOnly: true }))
  try {
    return await read(tables)
  } finally {
    await tables.destroy()
  }
}

function checkOrSave(sqlite: DatabaseSync, checkFile: () => void): void {
  try {
    checkFile()
  } catch (error) {
    // SQLite still has the deleted log open. Without this, a restart would lose what the log alone contains.
    if (error instanceof DatabaseFileLost && error.canSave) {
      sqlite.exec('PRAGMA wal_checkpoint(FULL)')
    }
    throw new DatabaseUnavailable(error)
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
    await whenFree(() => sqlite.exec(PRAGMAS))
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
// Busy, locked, out of memory, read-only, disk error, damaged, full, cannot open, locking protocol, not a database.
const NOT_NOW: ReadonlySet<number | undefined> = new Set([5, 6, 7, 8, 10, 11, 13, 14, 15, 26])

function isBusy(error: unknown): boolean {
  return sqliteCodeOf(error instanceof DatabaseUnavailable ? error.cause : error) === SQLITE_BUSY
}

/** The primary result code of an error of SQLite; undefined for other errors. */
export function sqliteCodeOf(error: unknown): number | undefined {
  // The upper bits contain the extended code.
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) % 256 : undefined
}

/** Runs a statement. Throws `DatabaseUnavailable` if it may succeed later. */
function attempt<Result>(run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    throw NOT_NOW.has(sqliteCodeOf(error)) ? new DatabaseUnavailable(error) : error
  }
}

type Statement = ReturnType<SqliteDatabase['prepare']>

// More than the gateway has; those for lists of IDs come in many lengths.
const STATEMENTS_MAX = 100

// Kysely expects better-sqlite3. Node's SQLite differs only in how a statement reports that it returns rows.
function asKyselyDatabase(sqlite: DatabaseSync): SqliteDatabase {
  const statements = lru<Statement>(STATEMENTS_MAX)
  return {
    close: () => sqlite.close(),
    prepare(sql) {
      const adapted = adapt(sqlite, sql)
      const known = statements.get(adapted)
      if (known) return known
      const statement = prepare(sqlite, adapted)
      statements.set(adapted, statement)
      return statement
    },
  }
}

function prepare(sqlite: DatabaseSync, sql: string): Statement {
  const statement = attempt(() => sqlite.prepare(sql))
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => attempt(() => statement.all(...parameters.map(asSqlValue))),
    run: (parameters) => attempt(() => statement.run(...parameters.map(asSqlValue))),
    iterate: (parameters) => statement.iterate(...parameters.map(asSqlValue)),
  }
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
