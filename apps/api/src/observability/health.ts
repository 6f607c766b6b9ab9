import type { CircuitBreakerState } from '../pipedream/circuit-breaker.ts'
import type { ProjectWatch } from '../pipedream/watch-project.ts'
import type { Database } from '../store/open-database.ts'
import { canWrite } from '../store/can-write.ts'
import { type MigrationState, readMigrationState } from '../store/migrate.ts'

/** The state of the gateway's dependencies, as this process sees it. */
export interface GatewayHealth {
  upstream: 'up' | 'trying' | 'down'
  /** `read_only`: the database is reachable but rejects writes, as after a fail-over. */
  database: 'up' | 'read_only' | 'down'
  migrations: MigrationState | 'unknown'
  /** Messages for the operator; they do not make the gateway unready. */
  warnings: string[]
}

interface DatabaseState {
  migrations: MigrationState
  canWrite: boolean
}

export interface GatewayHealthOptions {
  database: Pick<Database, 'tables' | 'commit' | 'warnings'>
  breaker: { readonly state: CircuitBreakerState }
  now: () => Date
}

const FRESH_MS = 1000
const TIMEOUT_MS = 2000

const UPSTREAM = { closed: 'up', 'half-open': 'trying', open: 'down' } as const

/** Queries the database at most once a second. Does not call Pipedream, because the circuit breaker knows its state. */
export function createGatewayHealth({
  database,
  breaker,
  now,
}: GatewayHealthOptions): () => Promise<GatewayHealth> {
  let last: { at: number; state: Promise<DatabaseState | 'unreachable'> } | undefined

  function askDatabase(): Promise<DatabaseState | 'unreachable'> {
    const at = now().getTime()
    if (last && at - last.at < FRESH_MS) return last.state
    const state = withTimeout(readState(database))
    last = { at, state }
    return state
  }

  return async () => {
    const found = await askDatabase()
    return {
      upstream: UPSTREAM[breaker.state],
      ...describeState(found),
      warnings: database.warnings(),
    }
  }
}

async function readState(database: Pick<Database, 'tables' | 'commit'>): Promise<DatabaseState> {
  const migrations = await readMigrationState(database)
  // Without tables a test write is impossible.
  return { migrations, canWrite: migrations === 'missing' || (await canWrite(database)) }
}

function describeState(
  found: DatabaseState | 'unreachable',
): Pick<GatewayHealth, 'database' | 'migrations'> {
  if (found === 'unreachable') return { database: 'down', migrations: 'unknown' }
  return { database: found.canWrite ? 'up' : 'read_only', migrations: found.migrations }
}

// A database that does not respond counts as unreachable.
function withTimeout<Value>(asked: Promise<Value>): Promise<Value | 'unreachable'> {
  const { promise, resolve } = Promise.withResolvers<Value | 'unreachable'>()
  const timer = setTimeout(resolve, TIMEOUT_MS, 'unreachable' as const)
  asked
    .then(resolve, () => resolve('unreachable'))
    .finally(() => clearTimeout(timer))
    .catch(() => {})
  return promise
}

export interface HealthOptions {
  readHealth: () => Promise<GatewayHealth>
  /** Problems of the Pipedream project. */
  projectWarnings: ProjectWatch['warnings']
  /** Whether the gateway is about to stop. */
  isDraining: () => boolean
}

/** `/health/live` reports that the process runs, `/health/ready` whether it should receive requests. */
export function createHealth({ readHealth, projectWarnings, isDraining }: HealthOptions) {
  return {
    live: () => report(200, { status: 'live' }),
    async ready(): Promise<Response> {
      if (isDraining()) return report(503, { status: 'stopping' })
      const health = await readHealth()
      const { upstream, database, migrations } = health
      // A Pipedream outage does not make a replica unready: others cannot reach it either, and the cache still serves.
      const isReady = migrations === 'done' && database === 'up'
      const status = isReady ? 'ready' : 'unready'
      // Nor do wrong settings: a restart or another replica would have the same ones.
      const warnings = [
        ...projectWarnings(),
        ...health.warnings.map((message) => ({ check: 'database', message })),
      ]
      const found = warnings.length === 0 ? {} : { warnings }
      return report(isReady ? 200 : 503, { status, database, migrations, upstream, ...found })
    },
  }
}

function report(status: number, body: Record<string, unknown>): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}
