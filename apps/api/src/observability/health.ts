import type { GatewayHealth } from './gateway-health.ts'
import type { ProjectWatch } from '../pipedream/watch-project.ts'

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
