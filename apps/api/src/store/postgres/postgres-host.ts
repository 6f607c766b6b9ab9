import { type ClientConfig, DatabaseError, Pool, type PoolClient, type PoolConfig } from 'pg'
import { asUnavailable, isConnectionLost } from '../database-unavailable.ts'
import { PostgresClient, SilentDatabase } from './postgres-client.ts'

/** How long a server may take to close its connections. */
const END_TIMEOUT_MS = 1000

/** The connections to one host. */
export interface PostgresHost {
  /** Takes a connection. A broken one is never reused. */
  connect(): Promise<PoolClient>
  /** Returns the connection if this is its first use. */
  asNew(client: PoolClient): PostgresClient | undefined
  end(): Promise<void>
}

export interface PostgresHostConfig extends PoolConfig {
  /** After what time the server cancels a statement; undefined: never. */
  statementTimeoutMs: number | undefined
}

/** Each failed connection starts a new generation, because older connections may lead to the same unusable server. */
export interface Generations {
  add(client: PoolClient): void
  isCurrent(client: PoolClient): boolean
  end(client: PoolClient): void
  /** Whether the database did not respond in time to the last use of a connection. */
  wasSilent: boolean
}

export function createGenerations(): Generations {
  let current = 0
  const generations = new WeakMap<PoolClient, number>()
  return {
    wasSilent: false,
    add: (client) => void generations.set(client, current),
    isCurrent: (client) => generations.get(client) === current,
    end(client) {
      if (generations.get(client) === current) current += 1
    },
  }
}

export function openHost(
  { statementTimeoutMs, ...config }: PostgresHostConfig,
  generations: Generations,
): PostgresHost {
  let timeout = statementTimeoutMs
  const open = new Set<PostgresClient>()
  const fresh = new WeakSet<PoolClient>()
  const pool = new Pool({
    ...config,
    Client: class extends PostgresClient {
      constructor(config: ClientConfig = {}) {
        super(withStatementTimeout(config, timeout))
        open.add(this)
        this.once('end', () => open.delete(this))
      }
    },
  })
  // The pool replaces a broken idle connection. Without a listener, its error would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    generations.add(client)
    fresh.add(client)
    // Later queries, such as the rollback, reject with the first reason instead of the driver's “not queryable”.
    let lost: unknown
    client.on('error', (error) => (lost ??= asUnavailable(error)))
    rejectAs(client, (error) => {
      if (!isConnectionLost(error)) return asUnavailable(error)
      generations.end(client)
      return (lost ??= asUnavailable(error))
    })
  })

  async function takeAny(): Promise<PoolClient> {
    try {
      return await pool.connect()
    } catch (error) {
      if (!isRejectedParameter(error)) throw error
      timeout = undefined
      return pool.connect()
    }
  }

  return {
    async connect() {
      for (;;) {
        const client = await takeAny()
        if (generations.isCurrent(client)) return client
        client.release(true)
      }
    },
    asNew: (client) =>
      fresh.delete(client) && client instanceof PostgresClient ? client : undefined,
    async end() {
      const timer = setTimeout(() => {
        for (const client of open) client.destroy(new SilentDatabase())
      }, END_TIMEOUT_MS)
      await pool.end().finally(() => clearTimeout(timer))
    },
  }
}

function withStatementTimeout(config: ClientConfig, timeoutMs: number | undefined): ClientConfig {
  if (timeoutMs === undefined) return config
  // The URL may have its own. The password is non-enumerable.
  return { statement_timeout: timeoutMs, ...config, password: config.password }
}

// A pooler such as PgBouncer rejects a start-up parameter that it does not know. The client's own time-outs still apply.
function isRejectedParameter(error: unknown): boolean {
  return error instanceof DatabaseError && (error.code === '08P01' || error.code === '0A000')
}

// The driver's methods have many overloads, so only their rejections are changed.
function rejectAs(client: PoolClient, as: (error: unknown) => unknown): void {
  const query: (...parameters: never[]) => unknown = client.query.bind(client)
  Object.assign(client, {
    query(...parameters: never[]): unknown {
      const result = query(...parameters)
      return result instanceof Promise
        ? result.catch((error: unknown) => {
            throw as(error)
          })
        : result
    },
  })
}
