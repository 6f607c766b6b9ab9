import {
  type Client,
  type ClientBase,
  Pool,
  type PoolClient,
  type PoolConfig,
  type QueryResult,
} from 'pg'
import { DatabaseUnavailable, isConnectionLost } from '../database-unavailable.ts'
import { PostgresClient } from './postgres-client.ts'
import type { PostgresTarget } from './postgres-url.ts'

const CONNECT_TIMEOUT_MS = 5000

export interface PostgresPoolOptions extends Pick<PoolConfig, 'max' | 'query_timeout'> {
  /** The connection timeout; default: the URL's, or 5 seconds. */
  connectTimeoutMs?: number | undefined
}

/** Connections to the first host that accepts them. A broken connection is never reused. */
export interface PostgresPool {
  /** Throws `DatabaseUnavailable`, and so do the connection's queries. */
  connect(): Promise<PoolClient>
  query(text: string, values: readonly unknown[]): Promise<QueryResult>
  end(): Promise<void>
  options: object
}

/** Opens a single connection to the first host that accepts it. Throws the error of the last host. */
export async function connectSingle(target: PostgresTarget): Promise<Client> {
  let reason: unknown
  for (const host of target.hosts) {
    const client = new PostgresClient({
      ...host,
      connectionTimeoutMillis: target.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    })
    try {
      await client.connect()
      if (target.needsWritable) await checkWritable(client)
      return client
    } catch (error) {
      reason = error
      await client.end().catch(() => {})
    }
  }
  throw reason
}

export function openPostgresPool(
  target: PostgresTarget,
  { connectTimeoutMs, ...options }: PostgresPoolOptions,
): PostgresPool {
  const connectionTimeoutMillis = connectTimeoutMs ?? target.connectTimeoutMs ?? CONNECT_TIMEOUT_MS
  const generations = createGenerations()
  const pools = target.hosts.map((host) =>
    openHost({ ...host, ...options, connectionTimeoutMillis }, generations),
  )
  let current = 0

  async function take(pool: Pool): Promise<PoolClient> {
    for (;;) {
      const client = await pool.connect()
      if (!generations.isCurrent(client)) {
        client.release(true)
        continue
      }
      try {
        if (target.needsWritable && generations.isNew(client)) await checkWritable(client)
        return releaseWith(client, () => !generations.isCurrent(client))
      } catch (error) {
        client.release(true)
        throw error
      }
    }
  }

  async function connect(): Promise<PoolClient> {
    let reason: unknown
    for (let tries = 0; tries < pools.length; tries += 1) {
      const index = (current + tries) % pools.length
      const pool = pools[index]
      if (!pool) continue
      try {
        const client = await take(pool)
        current = index
        return client
      } catch (error) {
        reason = error
        // All connections are in use, which does not mean that the host is down.
        if (error instanceof Error && error.message.startsWith('timeout exceeded')) break
      }
    }
    throw reason instanceof DatabaseUnavailable ? reason : new DatabaseUnavailable(reason)
  }

  return {
    connect,
    async query(text, values) {
      const client = await connect()
      try {
        return await client.query(text, [...values])
      } finally {
        client.release()
      }
    },
    async end() {
      await Promise.all(pools.map((pool) => pool.end()))
    },
    options,
  }
}

/** Each failed connection starts a new generation, because older connections may lead to the same unusable server. */
function createGenerations() {
  let current = 0
  const generations = new WeakMap<PoolClient, number>()
  const fresh = new WeakSet<PoolClient>()
  return {
    add(client: PoolClient): void {
      generations.set(client, current)
      fresh.add(client)
    },
    isCurrent: (client: PoolClient) => generations.get(client) === current,
    /** Whether the connection is used for the first time. */
    isNew: (client: PoolClient) => fresh.delete(client),
    end(client: PoolClient): void {
      if (generations.get(client) === current) current += 1
    },
  }
}

function openHost(config: PoolConfig, generations: ReturnType<typeof createGenerations>): Pool {
  const pool = new Pool({ ...config, Client: PostgresClient })
  // The pool replaces a broken idle connection. Without a listener, its error would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    generations.add(client)
    rejectAs(client, (error) => {
      if (!isConnectionLost(error)) return error
      generations.end(client)
      return new DatabaseUnavailable(error)
    })
  })
  return pool
}

/** The host responded, but accepts no writes. */
export class NotWritable extends Error {}

async function checkWritable(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ transaction_read_only: string }>(
    'show transaction_read_only',
  )
  if (rows[0]?.transaction_read_only !== 'off') throw new NotWritable('The host is read-only.')
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

function releaseWith(client: PoolClient, isUnusable: () => boolean): PoolClient {
  const release = client.release.bind(client)
  client.release = (reason) => release(reason || isUnusable())
  return client
}
