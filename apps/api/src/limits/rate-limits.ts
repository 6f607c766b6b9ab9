import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { Pool } from 'pg'
import { sha256 } from '../sha256.ts'

/** Requests a minute; undefined: as many as one likes. */
export interface RateLimitSettings {
  /** Of one network address, before anything else is looked at. */
  address: number | undefined
  /** Of one user or operator. */
  person: number | undefined
  /** Of all servers of the product together. */
  service: number | undefined
  /** Connect tokens for one user. */
  connectToken: number | undefined
}

type RateLimitName = keyof RateLimitSettings

export interface RateLimits {
  /** Counts one request; returns in how many milliseconds to come back when it is one too many. */
  take(name: RateLimitName, whose: string): Promise<number | undefined>
  close(): Promise<void>
}

/** Counts nothing. */
export const unlimited: RateLimits = { take: async () => undefined, close: async () => {} }

const MINUTE = 60

/** Counts in the database when it is PostgreSQL, which replicas share; otherwise in this process. */
export async function openRateLimits(
  settings: RateLimitSettings,
  databaseLocation: string,
): Promise<RateLimits> {
  const pool = /^postgres(ql)?:/.test(databaseLocation) ? openPool(databaseLocation) : undefined
  if (pool) await createTable(pool)
  const limiters = {
    address: createLimiter('address', settings.address, pool),
    person: createLimiter('person', settings.person, pool),
    service: createLimiter('service', settings.service, pool),
    connectToken: createLimiter('connectToken', settings.connectToken, pool),
  }
  return {
    async take(name, whose) {
      // Hashed: the counters need not say who was here, and a name may be of any length.
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

// The library rejects with its count, which is no error.
function asExcess(reason: unknown): Excess {
  if (!(reason instanceof RateLimiterRes)) throw reason
  return new Excess(Math.max(reason.msBeforeNext, 1))
}

function createLimiter(
  keyPrefix: RateLimitName,
  points: number | undefined,
  storeClient: Pool | undefined,
) {
  if (points === undefined) return undefined
  const own = new RateLimiterMemory({ keyPrefix, points, duration: MINUTE })
  if (!storeClient) return own
  return new RateLimiterPostgres({
    keyPrefix,
    points,
    duration: MINUTE,
    storeClient,
    storeType: 'pool',
    tableName: TABLE,
    tableCreated: true,
    // Who is over the limit is told so without asking the database again.
    inMemoryBlockOnConsumed: points + 1,
    // While the database is down or slow, each replica counts for itself: neither is everybody let in nor nobody.
    insuranceLimiter: own,
  })
}

const TABLE = 'rate_limits'
const CONNECTIONS = 2
const PATIENCE_MS = 500

function openPool(connectionString: string): Pool {
  const pool = new Pool({
    connectionString,
    max: CONNECTIONS,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
    // A count that is lost with the machine harms nobody, so nobody waits for the disk.
    options: '-c synchronous_commit=off',
  })
  // An idle connection that broke has been replaced by the pool; unheard, its error would end the process.
  pool.on('error', () => {})
  return pool
}

// Replicas that start at once would collide without the lock. Unlogged: it need not survive a crash.
async function createTable(pool: Pool): Promise<void> {
  await pool.query(`select pg_advisory_xact_lock(7216004382);
    create unlogged table if not exists ${TABLE}
    (key varchar(255) primary key, points integer not null, expire bigint)`)
}
