import {
  Client,
  type ClientBase,
  Pool,
  type PoolClient,
  type PoolConfig,
  type QueryResult,
} from 'pg'
import { DatabaseUnavailable, isConnectionLost } from '../database-unavailable.ts'
import type { PostgresTarget } from './postgres-url.ts'

const CONNECT_TIMEOUT_MS = 5000

export interface PostgresPoolOptions extends Pick<PoolConfig, 'max' | 'query_timeout'> {
  /** How long connecting may take; default: what the URL says, else 5 seconds. */
  connectTimeoutMs?: number | undefined
}

/** Connections to the first host that accepts them. One that turns out to be of no use is never lent again. */
export interface PostgresPool {
  /** Throws `DatabaseUnavailable`, and so do the queries of what it lends. */
  connect(): Promise<PoolClient>
  query(text: string, values: readonly unknown[]): Promise<QueryResult>
  end(): Promise<void>
  options: object
}

/** A connection of its own to the first host that accepts it. Throws what the last host said. */
export async function connectAlone(target: PostgresTarget): Promise<Client> {
  let reason: unknown
  for (const host of target.hosts) {
    const client = new Client({
      ...host,
      connectionTimeoutMillis: target.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
      keepAlive: true,
    })
    // The end that follows says all that there is to do.
    client.on('error', () => {})
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
  const eras = createEras()
  const pools = target.hosts.map((host) =>
    openHost({ ...host, ...options, connectionTimeoutMillis, keepAlive: true }, eras),
  )
  let current = 0

  async function lend(pool: Pool): Promise<PoolClient> {
    for (;;) {
      const client = await pool.connect()
      if (!eras.isPresent(client)) {
        client.release(true)
        continue
      }
      try {
        if (target.needsWritable && eras.isNew(client)) await checkWritable(client)
        return releaseWith(client, () => !eras.isPresent(client))
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
        const client = await lend(pool)
        current = index
        return client
      } catch (error) {
        reason = error
        // All of its connections are lent; that says nothing of the host.
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

/** Each time a connection fails an era ends: those that were made before may lead to a server that is of no use now. */
function createEras() {
  let present = 0
  const eras = new WeakMap<PoolClient, number>()
  const fresh = new WeakSet<PoolClient>()
  return {
    add(client: PoolClient): void {
      eras.set(client, present)
      fresh.add(client)
    },
    isPresent: (client: PoolClient) => eras.get(client) === present,
    /** Whether it was lent for the first time. */
    isNew: (client: PoolClient) => fresh.delete(client),
    end(client: PoolClient): void {
      if (eras.get(client) === present) present += 1
    },
  }
}

function openHost(config: PoolConfig, eras: ReturnType<typeof createEras>): Pool {
  const pool = new Pool(config)
  // An idle connection that broke has been replaced by the pool; unheard, its error would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    eras.add(client)
    rejectAs(client, (error) => {
      if (!isConnectionLost(error)) return error
      eras.end(client)
      return new DatabaseUnavailable(error)
    })
  })
  return pool
}

/** The host that answered accepts no writes. */
export class NotWritable extends Error {}

async function checkWritable(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ transaction_read_only: string }>(
    'show transaction_read_only',
  )
  if (rows[0]?.transaction_read_only !== 'off') throw new NotWritable('It is read-only.')
}

// The driver's methods have many forms; they stay as they are but for what they reject with.
function rejectAs(client: PoolClient, as: (error: unknown) => unknown): void {
  const query: (...words: never[]) => unknown = client.query.bind(client)
  Object.assign(client, {
    query(...words: never[]): unknown {
      const result = query(...words)
      return result instanceof Promise
        ? result.catch((error: unknown) => {
            throw as(error)
          })
        : result
    },
  })
}

function releaseWith(client: PoolClient, isSpoiled: () => boolean): PoolClient {
  const release = client.release.bind(client)
  client.release = (reason) => release(reason || isSpoiled())
  return client
}
