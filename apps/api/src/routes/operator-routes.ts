import type { Peer } from '../loopback.ts'
import type { Metrics } from '../metrics.ts'
import { createHealth, type HealthOptions } from './health.ts'
import { metricsPage } from './metrics.ts'

export interface OperatorRoutesOptions extends HealthOptions {
  metrics: Metrics
  metricsTokenHash: string | undefined
}

type Answer = (request: Request, peer: Peer) => Response | Promise<Response>

/** What is there for whoever runs the gateway, by method and path. */
export function createOperatorRoutes(options: OperatorRoutesOptions): ReadonlyMap<string, Answer> {
  const { metrics, metricsTokenHash: tokenHash } = options
  const health = createHealth(options)
  return new Map<string, Answer>([
    ['GET /health/live', () => health.live()],
    ['GET /health/ready', () => health.ready()],
    ['GET /metrics', (request, peer) => metricsPage(request, { metrics, tokenHash, peer })],
  ])
}
