import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Logger } from '../../observability/log.ts'
import { explainDatabaseError } from '../explain-database-error.ts'
import type { Engine, NewsBus } from '../engine.ts'
import { fromStoredType, toNews } from '../events.ts'
import { listenForNews, type Listening } from './listen-for-news.ts'
import { asPayload } from './listening-connection.ts'
import { createGenerations } from './postgres-host.ts'
import { connectSingle, openPostgresPool } from './postgres-pool.ts'
import { migratePostgres, openTables } from './postgres-tables.ts'
import { readPostgresUrl } from './postgres-url.ts'
import { DEFAULT_SCHEMA, namesFor, type SchemaNames } from './schema-names.ts'
import type { Tables } from '../tables.ts'

// With the connections that write, count rates and listen, seven replicas stay below PostgreSQL's default of 100 connections.
const READERS = 9
/** How long reading may take, so that a request is answered within five seconds. */
const READ_TIMEOUT_MS = 4000
// Earlier than `READ_TIMEOUT_MS`, so that a slow statement is cancelled and only an unresponsive connection is closed.
const STATEMENT_TIMEOUT_MS = 3500
/** After what time the server ends a transaction whose client is silent, which frees the writer's lock. */
const IDLE_TIMEOUT_MS = 4000

/** Options of the PostgreSQL engine. */
export interface PostgresOptions {
  /** The schema of the tables; default: the gateway's own. */
  schema?: string | undefined
  /** URL of the connection that listens; default: the database's URL. */
  listenUrl?: string | undefined
  /** Logs when notifications of other replicas stop or resume. */
  log?: Pick<Logger, 'info' | 'warn'> | undefined
}

/** Opens PostgreSQL, for any number of replicas. The URL also decides about TLS. */
export function openPostgres(url: string, options: PostgresOptions = {}): Engine {
  const { schema = DEFAULT_SCHEMA } = options
  const replicaId = randomUUID()
  const names = namesFor(schema)
  const target = readPostgresUrl(url)
  const shared = { statementTimeoutMs: STATEMENT_TIMEOUT_MS, generations: createGenerations() }
  const tables = openTables(
    openPostgresPool(target, { ...shared, max: READERS, useTimeoutMs: () => READ_TIMEOUT_MS }),
    schema,
  )
  // A connection of its own, so that a write does not wait for those that read.
  let writeUntil = 0
  const useTimeoutMs = () => writeUntil - performance.now()
  const writer = openTables(openPostgresPool(target, { ...shared, max: 1, useTimeoutMs }), schema)
  let listening: Listening | undefined
  return {
    name: 'postgres',
    tables,
    migrate: (to) => migratePostgres(target, names, to),
    transact(run, { decided, deadline }) {
      writeUntil = deadline
      // Each statement must see what was committed while waiting for the lock.
      return writer
        .transaction()
        .setIsolationLevel('read committed')
        .execute(async (transaction) => {
          await lock(transaction, names, deadline)
          for (const statement of await run(transaction)) await transaction.executeQuery(statement)
          decided()
        })
    },
    readApart: (read) => read(tables),
    async announce(transaction, news) {
      if (news.length === 0) return
      const payloads = news.map((ofUser) => asPayload(replicaId, ofUser))
      await announce(transaction, names, payloads)
    },
    async listen(bus) {
      listening = await listen({ ...options, url, replicaId, names, tables, bus })
    },
    warnings: () => (listening?.isReceiving === false ? [UNHEARD] : []),
    async close() {
      await Promise.all([listening?.stop(), tables.destroy(), writer.destroy()])
    },
  }
}

// The settings apply to this transaction only, because behind a pooler they would stay with the connection's next user.
async function lock(
  transaction: Kysely<Tables>,
  { writerLock }: SchemaNames,
  deadline: number,
): Promise<void> {
  const leftMs = String(Math.max(1, Math.floor(deadline - performance.now())))
  await sql`select
    set_config('lock_timeout', ${leftMs}, true), set_config('statement_timeout', ${leftMs}, true),
    set_config('idle_in_transaction_session_timeout', ${String(IDLE_TIMEOUT_MS)}, true),
    pg_advisory_xact_lock(${writerLock})`.execute(transaction)
}

const UNHEARD =
  'Notifications of other replicas do not arrive, as behind a pooler in transaction mode, so the gateway polls the database every second. Set DATABASE_LISTEN_URL to a direct PostgreSQL URL.'

async function announce(
  tables: Kysely<Tables>,
  { channel }: SchemaNames,
  payloads: readonly string[],
): Promise<void> {
  await sql`select pg_notify(${channel}, payload) from unnest(${payloads}::text[]) as payload`.execute(
    tables,
  )
}

interface ListenParts extends PostgresOptions {
  url: string
  replicaId: string
  names: SchemaNames
  tables: Kysely<Tables>
  bus: NewsBus
}

// With this many events, all users are notified together.
const MANY = 1000

function listen({ url, listenUrl, log, ...parts }: ListenParts): Promise<Listening> {
  const { replicaId, names, tables, bus } = parts
  const target = readPostgresUrl(listenUrl ?? url)
  const setting = listenUrl === undefined ? 'DATABASE_URL' : 'DATABASE_LISTEN_URL'
  return listenForNews({
    connect: () =>
      connectSingle(target).catch((error: unknown) => {
        throw new Error(explainDatabaseError(error, target, setting), { cause: error })
      }),
    channel: names.channel,
    replicaId,
    bus,
    announce: (payload) => announce(tables, names, [payload]),
    async readLastId() {
      const row = await tables
        .selectFrom('events')
        .select((select) => select.fn.max('id').as('id'))
        .executeTakeFirst()
      return String(row?.id ?? 0)
    },
    async readNews(after) {
      const rows = await tables
        .selectFrom('events')
        .select(['id', 'type', 'external_user_id'])
        .where('id', '>', after)
        .orderBy('id')
        .limit(MANY)
        .execute()
      const events = rows.map((row) => ({
        type: fromStoredType(row.type),
        externalUserId: row.external_user_id,
      }))
      const lastId = String(rows.at(-1)?.id ?? after)
      return { news: rows.length < MANY ? toNews(events) : undefined, lastId }
    },
    onChange(isReceiving) {
      if (isReceiving) log?.info('Notifications of other replicas arrive again')
      else log?.warn(UNHEARD)
    },
  })
}
