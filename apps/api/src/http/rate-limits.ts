import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Viewer } from '../auth/viewer.ts'
import { openPostgresPool, type PostgresPool } from '../store/postgres/postgres-pool.ts'
import { migrateCounters } from '../store/postgres/postgres-tables.ts'
import { isPostgresUrl, readPostgresUrl } from '../store/postgres/postgres-url.ts'
import { DEFAULT_SCHEMA, namesFor } from '../store/postgres/schema-names.ts'
import { sha256 } from '../store/secrets.ts'
import { TooManyRequests } from '../errors.ts'

/** Requests per minute; undefined: unlimited. */
export interface RateLimitSettings {
  /** From one network address, counted before any other check. */
  address?: number | undefined
  /** Of one user or operator. */
  person?: number | undefined
  /** Of all servers of the product together. */
  service?: number | undefined
  /** Connect tokens for one user. */
  connectToken?: number | undefined
  /** Calls to Pipedream for one user, without confirmations and removals. */
  upstreamUser?: number | undefined
  /** Calls to Pipedream for one user's confirmations and removals. */
  upstreamUrgent?: number | undefined
  /** Calls to Pipedream for webhooks about one user's flows. */
  webhookUser?: number | undefined
  /** Calls to Pipedream for all webhooks together. */
  webhookProject?: number | undefined
  /** Calls to Pipedream for the confirmations and removals of all users together. */
  upstreamReserve?: number | undefined
  /** Calls to Pipedream for all users and servers together, without confirmations and removals. */
  upstreamProject?: number | undefined
}

type RateLimitName = keyof RateLimitSettings

export interface RateLimits {
  /** Counts a request. If it exceeds the limit, returns in how many milliseconds to retry. */
  take(name: RateLimitName, whose: string): Promise<number | undefined>
  close(): Promise<void>
}

/** No limits. */
export const unlimited: RateLimits = { take: async () => undefined, close: async () => {} }

const MINUTE = 60

interface RateLimitOptions {
  schema?: string | undefined
  /** How long a request waits for its count in PostgreSQL. Default: half a second. */
  patienceMs?: number
}

/** Counts in PostgreSQL, which replicas share, or else in this process. */
export async function openRateLimits(
  settings: RateLimitSettings,
  databaseLocation: string,
  { schema = DEFAULT_SCHEMA, patienceMs = 500 }: RateLimitOptions = {},
): Promise<RateLimits> {
  const pool = isPostgresUrl(databaseLocation)
    ? await openCounters(databaseLocation, { schema, patienceMs })
    : undefined
  const counters = pool && { pool, schema }
  const limiters = {
    address: createLimiter('address', settings.address, counters),
    person: createLimiter('person', settings.person, counters),
    service: createLimiter('service', settings.service, counters),
    connectToken: createLimiter('connectToken', settings.connectToken, counters),
    upstreamUser: createLimiter('upstreamUser', settings.upstreamUser, counters),
    upstreamUrgent: createLimiter('upstreamUrgent', settings.upstreamUrgent, counters),
    webhookUser: createLimiter('webhookUser', settings.webhookUser, counters),
    webhookProject: createLimiter('webhookProject', settings.webhookProject, counters),
    upstreamReserve: createLimiter('upstreamReserve', settings.upstreamReserve, counters),
    upstreamProject: createLimiter('upstreamProject', settings.upstreamProject, counters),
  }
  return {
    async take(name, whose) {
      // Hashed, so that the counters do not reveal users, and because names have any length.
      const result = await limiters[name]?.consume(sha256(whose)).catch(asExcess)
      return result instanceof Excess ? result.retryAfterMs : undefined
    },
    close: async () => pool?.end(),
  }
}

class Excess {
  readonly retryAfterMs: number
  constructor(retryAfterMs: number) {
    this.retryAfterMs = retryAfterMs
  }
}

// The library rejects with its count, which is not an error.
function asExcess(reason: unknown): Excess {
  if (!(reason instanceof RateLimiterRes)) throw reason
  return new Excess(Math.max(reason.msBeforeNext, 1))
}

/** Where rates are counted together. */
interface Counters {
  pool: PostgresPool
  schema: string
}

function createLimiter(
  keyPrefix: RateLimitName,
  points: number | undefined,
  counters: Counters | undefined,
) {
  if (points === undefined) return undefined
  const own = new RateLimiterMemory({ keyPrefix, points, duration: MINUTE })
  if (!counters) return own
  const { pool, schema } = counters
  return new RateLimiterPostgres({
    keyPrefix,
    points,
    duration: MINUTE,
    // Without the name that the library gives its statements: behind a pooler, the connection that knows it may be another.
    storeClient: {
      query: ({ text, values }: { text: string; values: unknown[] }) => pool.query(text, values),
    },
    storeType: 'client',
    schemaName: schema,
    tableName: 'rate_limits',
    tableCreated: true,
    // A caller over the limit is rejected without another query.
    inMemoryBlockOnConsumed: points + 1,
    // While the database is down or slow, each replica falls back to its own counters, so limits still apply.
    insuranceLimiter: own,
  })
}

const CONNECTIONS = 2

async function openCounters(
  url: string,
  { schema, patienceMs }: { schema: string; patienceMs: number },
): Promise<PostgresPool> {
  const target = readPostgresUrl(url)
  // The first connection may take longer than a request waits for its count.
  await migrateCounters(target, namesFor(schema))
  return openPostgresPool(target, {
    max: CONNECTIONS,
    connectTimeoutMs: patienceMs,
    useTimeoutMs: () => patienceMs,
  })
}

/** Counts a request of an authenticated viewer. Throws `TooManyRequests`. */
export async function countViewer(viewer: Viewer | undefined, rates: RateLimits): Promise<void> {
  const retryAfterMs = viewer && (await takeFor(viewer, rates))
  if (retryAfterMs !== undefined) throw new TooManyRequests(retryAfterMs)
}

function takeFor(viewer: Viewer, rates: RateLimits): Promise<number | undefined> {
  if (viewer.kind === 'service') return rates.take('service', 'service')
  return rates.take('person', `${viewer.kind} ${viewer.externalUserId}`)
}
