import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Kysely } from 'kysely'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import type { Engine } from '../engine.ts'
import { migrate } from '../migrate.ts'
import type { Tables } from '../tables.ts'
import { type Connection, openConnection, sqliteCodeOf } from './connection.ts'
import { createSession, type Executor, type Session } from './session.ts'
import { createFileCheck, DatabaseFileLost } from './sqlite-file.ts'
import { openWriter } from './writer.ts'

const BUSY_TIMEOUT_MS = 10_000

const SETTINGS = [
  // Short, because it blocks a thread. `whenFree` waits for longer writes of other processes.
  'PRAGMA busy_timeout = 20',
  'PRAGMA journal_mode = WAL',
  'PRAGMA synchronous = FULL',
]

// A new flow changes a page of each index, most of them at random places. A later checkpoint finds the same pages changed again,
// and copies them once; up to 16 MB of them. The cache is 8 MB.
const WRITER_SETTINGS = [
  ...SETTINGS,
  'PRAGMA wal_autocheckpoint = 4000',
  'PRAGMA cache_size = -8000',
]

/**
 * The embedded database, of one process. A file is read in this thread and written in another one; a database in memory has one
 * connection, which Kysely gives to one caller at a time. So no caller reads another's uncommitted changes.
 */
export async function openSqlite(path: string): Promise<Engine> {
  const isFile = path !== ':memory:'
  const { connection, thread } = await openConnections(path, isFile)
  const reader = openTables(connection)
  const { tables } = reader
  const writer = thread ? openTables(thread) : reader
  const checkFile = isFile ? createFileCheck(path) : () => {}
  const check = () => checkOrSave(connection, checkFile)
  return {
    name: 'sqlite',
    tables,
    migrate: (to) => migrateExclusively(connection, tables, to),
    transact: (run, { decided, deadline }) =>
      whenFree(async () => {
        check()
        try {
          await writer.tables.transaction().execute(async (transaction) => {
            writer.session.putLast(await run(transaction))
          })
        } finally {
          if (writer.session.hasReachedCommit) decided()
        }
        // The write lasts only if its files are still there after the commit.
        check()
      }, deadline),
    readApart: (read) => (isFile ? readFileApart(path, read) : read(tables)),
    // There is no other replica.
    announce: () => Promise.resolve(),
    listen: () => Promise.resolve(),
    warnings: () => [],
    async close() {
      // The last connection that closes moves the log into the file.
      if (writer !== reader) await writer.tables.destroy()
      await tables.destroy()
    },
  }
}

function openTables(executor: Executor): { tables: Kysely<Tables>; session: Session } {
  const session = createSession(executor)
  return { tables: new Kysely<Tables>({ dialect: session.dialect }), session }
}

async function readFileApart<Result>(
  path: string,
  read: (tables: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  const { tables } = openTables(openConnection(path, { readOnly: true }))
  try {
    return await read(tables)
  } finally {
    await tables.destroy()
  }
}

function checkOrSave(connection: Connection, checkFile: () => void): void {
  try {
    checkFile()
  } catch (error) {
    // SQLite still has the deleted log open. Without this, a restart would lose what the log alone contains.
    if (error instanceof DatabaseFileLost && error.canSave) {
      execute(connection, 'PRAGMA wal_checkpoint(FULL)')
    }
    throw new DatabaseUnavailable(error)
  }
}

// One transaction for all migrations, so if several processes start together, only the first one migrates.
async function migrateExclusively(
  connection: Connection,
  tables: Kysely<Tables>,
  to: string | undefined,
): Promise<void> {
  await whenFree(() => execute(connection, 'begin'))
  try {
    await migrate(tables, { engine: 'sqlite', to })
    execute(connection, 'commit')
  } catch (error) {
    execute(connection, 'rollback')
    throw error
  }
}

/** Opens the connection of this thread and, for a file, the writer's. */
async function openConnections(path: string, isFile: boolean) {
  let connection: Connection | undefined
  try {
    if (isFile) mkdirSync(dirname(path), { recursive: true })
    connection = openConnection(path)
    for (const setting of SETTINGS) await setUp(connection, setting)
    const thread = isFile ? await openWriter({ path, settings: WRITER_SETTINGS }) : undefined
    return { connection, thread }
  } catch (cause) {
    connection?.close()
    throw new Error(
      `Cannot open the database ${path}. Check the file, or set DATA_DIR to another folder.`,
      { cause },
    )
  }
}

function setUp(connection: Connection, setting: string): Promise<void> {
  return whenFree(() => execute(connection, setting))
}

function execute(connection: Connection, sql: string): void {
  connection.execute({ sql, parameters: [] })
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
  return sqliteCodeOf(error instanceof DatabaseUnavailable ? error.cause : error) === SQLITE_BUSY
}
