import type { CircuitBreakerState } from './circuit-breaker.ts'
import { type MigrationState, readMigrationState } from './store/read-migration-state.ts'
import type { Database } from './store/open-database.ts'

/** How what we stand on is, as this process sees it. */
export interface GatewayHealth {
  upstream: 'up' | 'trying' | 'down'
  database: 'up' | 'down'
  migrations: MigrationState | 'unknown'
}

export interface GatewayHealthOptions {
  database: Pick<Database, 'tables'>
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
  let last: { at: number; state: Promise<MigrationState | 'unreachable'> } | undefined

  function askDatabase(): Promise<MigrationState | 'unreachable'> {
    const at = now().getTime()
    if (last && at - last.at < FRESH_MS) return last.state
    const state = withPatience(readMigrationState(database))
    last = { at, state }
    return state
  }

  return async () => {
    const found = await askDatabase()
    return {
      upstream: UPSTREAM[breaker.state],
      database: found === 'unreachable' ? 'down' : 'up',
      migrations: found === 'unreachable' ? 'unknown' : found,
    }
  }
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
