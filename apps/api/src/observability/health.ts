import { json, type Reply } from '../http/reply.ts'
import type { CircuitBreakerState } from '../pipedream/circuit-breaker.ts'
import type { ProjectWatch } from '../pipedream/watch-project.ts'
import type { Database } from '../store/open-database.ts'
import { describeProblem, rejectsWrites } from '../store/database-problem.ts'
import { type MigrationState, readMigrationState } from '../store/migrate.ts'
import { checkWrite } from '../store/check-write.ts'

/** The state of the gateway's dependencies, as this process sees it. */
export interface GatewayHealth {
  upstream: 'up' | 'trying' | 'down'
  /** `read_only`: the database is reachable but rejects writes, as after a fail-over or on a full disk. */
  database: 'up' | 'read_only' | 'down'
  migrations: MigrationState | 'unknown'
  /** Why the database makes the gateway unready, and what the operator can do; undefined if it does not. */
  problem: string | undefined
  /** Messages for the operator; they do not make the gateway unready. */
  warnings: string[]
}

type DatabaseState = Pick<GatewayHealth, 'database' | 'migrations' | 'problem'>
type HealthDatabase = Pick<Database, 'tables' | 'commit' | 'readApart' | 'warnings'>

export interface GatewayHealthOptions {
  database: HealthDatabase
  breaker: { readonly state: CircuitBreakerState }
}

const FRESH_MS = 1000
const TIMEOUT_MS = 2000

const UPSTREAM = { closed: 'up', 'half-open': 'trying', open: 'down' } as const

/** Queries the database, and writes to it, at most once a second. Does not call Pipedream, because the circuit breaker knows its state. */
export function createGatewayHealth({
  database,
  breaker,
}: GatewayHealthOptions): () => Promise<GatewayHealth> {
  let last: { at: number; state: Promise<DatabaseState> } | undefined

  function askDatabase(): Promise<DatabaseState> {
    // A monotonic clock, because this machine's may be set back.
    const at = performance.now()
    if (last && at - last.at < FRESH_MS) return last.state
    const state = withTimeout(readState(database))
    last = { at, state }
    return state
  }

  return async () => {
    return {
      upstream: UPSTREAM[breaker.state],
      ...(await askDatabase()),
      warnings: database.warnings(),
    }
  }
}

const OUTDATED =
  'The tables are not up to date. Start this version with a role that may create tables.'

async function readState(database: HealthDatabase): Promise<DatabaseState> {
  let migrations: GatewayHealth['migrations'] = 'unknown'
  try {
    migrations = await readMigrationState(database)
    // Without tables a test write is impossible.
    if (migrations === 'missing') return { database: 'up', migrations, problem: OUTDATED }
    await checkWrite(database)
    return { database: 'up', migrations, problem: undefined }
  } catch (error) {
    const state = rejectsWrites(error) ? 'read_only' : 'down'
    return { database: state, migrations, problem: describeProblem(error) }
  }
}

const SILENT: DatabaseState = {
  database: 'down',
  migrations: 'unknown',
  problem: 'The database does not respond. Check that it runs, and its load, network and disk.',
}

function withTimeout(asked: Promise<DatabaseState>): Promise<DatabaseState> {
  const { promise, resolve, reject } = Promise.withResolvers<DatabaseState>()
  const timer = setTimeout(resolve, TIMEOUT_MS, SILENT)
  void asked.then(resolve, reject).finally(() => clearTimeout(timer))
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
    async ready(): Promise<Reply> {
      if (isDraining()) return report(503, { status: 'stopping' })
      const health = await readHealth()
      const { upstream, database, migrations, problem } = health
      // A Pipedream outage does not make a replica unready: others cannot reach it either, and the cache still serves.
      const isReady = migrations === 'done' && database === 'up'
      const status = isReady ? 'ready' : 'unready'
      // Nor do wrong settings: a restart or another replica would have the same ones.
      const warnings = [
        ...projectWarnings(),
        ...health.warnings.map((message) => ({ check: 'database', message })),
      ]
      return report(isReady ? 200 : 503, {
        status,
        database,
        migrations,
        upstream,
        ...(problem !== undefined && { problems: [{ check: 'database', message: problem }] }),
        ...(warnings.length > 0 && { warnings }),
      })
    },
  }
}

function report(status: number, body: Record<string, unknown>): Reply {
  return json(status, body, { 'cache-control': 'no-store' })
}
