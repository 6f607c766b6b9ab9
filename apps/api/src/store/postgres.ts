import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool } from 'pg'
import type { Engine } from './engine.ts'
import { asPayload, listenForNews, NEWS_CHANNEL } from './listen-for-news.ts'
import { migrate } from './migrate.ts'
import type { Tables } from './tables.ts'

// With the one that listens, eight replicas stay within PostgreSQL's default of 100 connections.
const CONNECTIONS = 10
const CONNECT_TIMEOUT_MS = 5000

// Any number will do, as long as every replica takes the same.
const WRITER_LOCK = 7_216_004_381

/** PostgreSQL, for as many replicas as one likes; the URL also says whether to use TLS. */
export function openPostgres(url: string): Engine {
  const replicaId = randomUUID()
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  })
  // An idle connection that broke has been replaced by the pool; unheard, its error would end the process.
  pool.on('error', () => {})
  const tables = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  let stopListening: (() => Promise<void>) | undefined
  return {
    name: 'postgres',
    tables,
    async migrate() {
      await reach(tables, url)
      await migrate(tables, 'postgres')
    },
    transact: (run) =>
      // Each statement must see what was committed while we waited for the lock.
      tables
        .transaction()
        .setIsolationLevel('read committed')
        .execute(async (transaction) => {
          await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`.execute(transaction)
          await run(transaction)
        }),
    async announce(transaction, externalUserIds) {
      if (externalUserIds.length === 0) return
      const payloads = externalUserIds.map((id) => asPayload(replicaId, id))
      await sql`select pg_notify(${NEWS_CHANNEL}, payload) from unnest(${payloads}::text[]) as payload`.execute(
        transaction,
      )
    },
    async listen(bus) {
      stopListening = await listenForNews({ url, replicaId, bus })
    },
    async close() {
      await stopListening?.()
      await tables.destroy()
    },
  }
}

async function reach(tables: Kysely<Tables>, url: string): Promise<void> {
  await sql`select 1`.execute(tables).catch((error: unknown) => {
    throw new Error(unreachable(url, error), { cause: error })
  })
}

// Host, port and name alone: the URL holds the password, and PostgreSQL's own sentence may hold anything.
function unreachable(url: string, error: unknown): string {
  const { host, pathname } = new URL(url)
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
  return `The database that DATABASE_URL names, ${host}${pathname}, cannot be used${code}. Check that it runs, and the address, user and password.`
}
