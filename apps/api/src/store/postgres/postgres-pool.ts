import type { PoolClient, QueryResult } from 'pg'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import { PostgresClient, SilentDatabase } from './postgres-client.ts'
import {
  createGenerations,
  type Generations,
  openHost,
  type PostgresHost,
} from './postgres-host.ts'
import type { PostgresTarget } from './postgres-url.ts'

const CONNECT_TIMEOUT_MS = 5000

/** How long connecting to one host may take. */
export function connectTimeoutOf({ connectTimeoutMs }: PostgresTarget): number {
  return connectTimeoutMs ?? CONNECT_TIMEOUT_MS
}

/** The part of a use's time in which a database that was silent must respond to a test. */
const TEST_SHARE = 0.25

export interface PostgresPoolOptions {
  /** The most connections to a host. */
  max: number
  /** The connection timeout; default: the URL's, or 5 seconds. */
  connectTimeoutMs?: number | undefined
  /** How long a use of a connection that starts now may take, including the wait for it; default: any time. */
  useTimeoutMs?: (() => number) | undefined
  /** How long a use may take after the connection was taken; default: any time. */
  heldTimeoutMs?: number | undefined
  /** After what time the server cancels a statement; default: never. */
  statementTimeoutMs?: number | undefined
  /** Shared by pools of one database, so that each learns of the other's failures; default: its own. */
  generations?: Generations | undefined
}

/** Connections to the first host that accepts them. A broken connection is never reused. */
export interface PostgresPool {
  /**
   * Throws `DatabaseUnavailable`, and so do the connection's queries. A connection that is used for too long is closed,
   * because the database may never respond.
   */
  connect(): Promise<PoolClient>
  query(text: string, values: readonly unknown[]): Promise<QueryResult>
  end(): Promise<void>
  options: object
}

/** Opens a single connection to the first host that accepts it. Throws the error of the last host. */
export async function connectSingle(target: PostgresTarget): Promise<PostgresClient> {
  const connectionTimeoutMillis = connectTimeoutOf(target)
  let reason: unknown
  for (const host of target.hosts) {
    const client = new PostgresClient({ ...host, connectionTimeoutMillis })
    try {
      await client.connect()
      if (target.needsWritable) await checkWritable(client, connectionTimeoutMillis)
      return client
    } catch (error) {
      reason = error
      await client.close().catch(() => {})
    }
  }
  throw reason
}

export function openPostgresPool(
  target: PostgresTarget,
  options: PostgresPoolOptions,
): PostgresPool {
  const { useTimeoutMs, heldTimeoutMs, generations = createGenerations() } = options
  const hosts = openHosts(target, { ...options, generations })

  const useFor = (timeoutMs: number) =>
    takeFor(timeoutMs, {
      take: hosts.take,
      heldTimeoutMs,
      isUnusable: (client) => !generations.isCurrent(client),
      onTimeout: () => (generations.wasSilent = true),
    })

  // Otherwise each query of a request would wait for the whole time-out.
  async function test(timeoutMs: number): Promise<void> {
    const client = await useFor(timeoutMs)
    try {
      await client.query('select 1')
      generations.wasSilent = false
    } finally {
      client.release()
    }
  }

  async function connect(): Promise<PoolClient> {
    if (!useTimeoutMs) return useFor(Infinity)
    if (generations.wasSilent) await test(TEST_SHARE * useTimeoutMs())
    return useFor(useTimeoutMs())
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
    end: hosts.end,
    options: {},
  }
}

interface Hosts {
  /** Takes a connection to the first host that accepts it. Throws `DatabaseUnavailable`. */
  take: () => Promise<PoolClient>
  end: () => Promise<void>
}

function openHosts(
  target: PostgresTarget,
  {
    max,
    connectTimeoutMs,
    statementTimeoutMs,
    generations,
  }: PostgresPoolOptions & { generations: Generations },
): Hosts {
  const connectionTimeoutMillis = connectTimeoutMs ?? connectTimeoutOf(target)
  const hosts = target.hosts.map((host) =>
    openHost({ ...host, max, connectionTimeoutMillis, statementTimeoutMs }, generations),
  )
  let current = 0

  async function takeFrom(host: PostgresHost): Promise<PoolClient> {
    const client = await host.connect()
    try {
      const unchecked = target.needsWritable && host.asNew(client)
      if (unchecked) await checkWritable(unchecked, connectionTimeoutMillis)
      return client
    } catch (error) {
      client.release(true)
      throw error
    }
  }

  async function take(): Promise<PoolClient> {
    let reason: unknown
    for (let tries = 0; tries < hosts.length; tries += 1) {
      const index = (current + tries) % hosts.length
      const host = hosts[index]
      if (!host) continue
      try {
        const client = await takeFrom(host)
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
    take,
    end: async () => void (await Promise.all(hosts.map((host) => host.end()))),
  }
}

interface Taking {
  take: () => Promise<PoolClient>
  /** How long it may be used after it was taken; undefined: for the rest of the time. */
  heldTimeoutMs: number | undefined
  /** Whether to close the connection instead of reusing it. */
  isUnusable: (client: PoolClient) => boolean
  onTimeout: () => void
}

/** Takes a connection for a limited time, until it is released. */
function takeFor(
  timeoutMs: number,
  { take, heldTimeoutMs, isUnusable, onTimeout }: Taking,
): Promise<PoolClient> {
  const { promise, resolve, reject } = Promise.withResolvers<PoolClient>()
  let taken: PoolClient | undefined
  let isLate = false
  function end(): void {
    isLate = true
    onTimeout()
    if (taken instanceof PostgresClient) taken.destroy(new SilentDatabase())
    else reject(new DatabaseUnavailable(new SilentDatabase()))
  }
  let timer = timeoutMs === Infinity ? undefined : setTimeout(end, Math.max(timeoutMs, 0))

  function use(client: PoolClient): void {
    const release = client.release.bind(client)
    // The attempt went on in the background, so that a later use finds this connection.
    if (isLate) return release(isUnusable(client))
    taken = client
    if (heldTimeoutMs !== undefined) {
      clearTimeout(timer)
      timer = setTimeout(end, heldTimeoutMs)
    }
    client.release = (reason) => {
      clearTimeout(timer)
      release(reason || isUnusable(client))
    }
    resolve(client)
  }
  take().then(use, (error: unknown) => {
    clearTimeout(timer)
    reject(error)
  })
  return promise
}

/** The host responded, but accepts no writes. */
export class NotWritable extends Error {}

async function checkWritable(client: PostgresClient, timeoutMs: number): Promise<void> {
  const { rows } = await client.runWithin(timeoutMs, 'show transaction_read_only')
  if (rows[0]?.transaction_read_only !== 'off') throw new NotWritable('The host is read-only.')
}
