import type { CircuitBreakerState } from '../pipedream/circuit-breaker.ts'
import type { ProjectWatch } from '../pipedream/watch-project.ts'
import type { Database } from '../store/open-database.ts'
import { canWrite } from '../store/can-write.ts'
import { type MigrationState, readMigrationState } from '../store/migrate.ts'

/** How what we stand on is, as this process sees it. */
export interface GatewayHealth {
  upstream: 'up' | 'trying' | 'down'
  /** `read_only`: it answers, and refuses writes, as after a fail-over. */
  database: 'up' | 'read_only' | 'down'
  migrations: MigrationState | 'unknown'
  /** What whoever runs the gateway should know, a sentence each; no reason to send requests elsewhere. */
  warnings: string[]
}

interface DatabaseState {
  migrations: MigrationState
  canWrite: boolean
}

export interface GatewayHealthOptions {
  database: Pick<Database, 'tables' | 'warnings'>
  breaker: { readonly state: CircuitBreakerState }
  now: () => Date
}

const FRESH_MS = 1000
const PATIENCE_MS = 2000

const UPSTREAM = { closed: 'up', 'half-open': 'trying', open: 'down' } as const

/** Asks the database once a second at the most; Pipedream is not asked, for every call to it says how it is. */
export function createGatewayHealth({
  database,
  breaker,
  now,
}: GatewayHealthOptions): () => Promise<GatewayHealth> {
  let last: { at: number; state: Promise<DatabaseState | 'unreachable'> } | undefined

  function askDatabase(): Promise<DatabaseState | 'unreachable'> {
    const at = now().getTime()
    if (last && at - last.at < FRESH_MS) return last.state
    const state = withPatience(readState(database))
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

async function readState(database: Pick<Database, 'tables'>): Promise<DatabaseState> {
  const migrations = await readMigrationState(database)
  // Without its tables there is nothing to write to.
  return { migrations, canWrite: migrations === 'missing' || (await canWrite(database)) }
}

function describeState(
  found: DatabaseState | 'unreachable',
): Pick<GatewayHealth, 'database' | 'migrations'> {
  if (found === 'unreachable') return { database: 'down', migrations: 'unknown' }
  return { database: found.canWrite ? 'up' : 'read_only', migrations: found.migrations }
}

// A database that hangs is as good as none.
function withPatience<Value>(asked: Promise<Value>): Promise<Value | 'unreachable'> {
  const { promise, resolve } = Promise.withResolvers<Value | 'unreachable'>()
  const timer = setTimeout(resolve, PATIENCE_MS, 'unreachable' as const)
  asked
    .then(resolve, () => resolve('unreachable'))
    .finally(() => clearTimeout(timer))
    .catch(() => {})
  return promise
}

export interface HealthOptions {
  readHealth: () => Promise<GatewayHealth>
  /** What is wrong with the project at Pipedream. */
  projectWarnings: ProjectWatch['warnings']
  /** Whether we are about to stop. */
  isDraining: () => boolean
}

/** `/health/live` says that the process answers, `/health/ready` whether to send it requests. */
export function createHealth({ readHealth, projectWarnings, isDraining }: HealthOptions) {
  return {
    live: () => answer(200, { status: 'live' }),
    async ready(): Promise<Response> {
      if (isDraining()) return answer(503, { status: 'stopping' })
      const health = await readHealth()
      const { upstream, database, migrations } = health
      // Upstream is no reason to be unready: no other replica would reach Pipedream either, and what we know still serves.
      const isReady = migrations === 'done' && database === 'up'
      const status = isReady ? 'ready' : 'unready'
      // Nor are wrong settings: a restart, or another replica, has the same.
      const warnings = [
        ...projectWarnings(),
        ...health.warnings.map((message) => ({ check: 'database', message })),
      ]
      const found = warnings.length === 0 ? {} : { warnings }
      return answer(isReady ? 200 : 503, { status, database, migrations, upstream, ...found })
    },
  }
}

function answer(status: number, body: Record<string, unknown>): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}
