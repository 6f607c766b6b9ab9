import type { Metrics } from './metrics.ts'
import { createHealth, type HealthOptions } from './health.ts'
import { metricsPage } from './metrics-route.ts'
import type { Route } from '../http/route.ts'

export interface OperatorRoutesOptions extends HealthOptions {
  metrics: Metrics
  metricsTokenHash: string | undefined
}

/** What is there for whoever runs the gateway, by address. */
export function createOperatorRoutes(options: OperatorRoutesOptions): Record<string, Route> {
  const { metrics, metricsTokenHash: tokenHash } = options
  const health = createHealth(options)
  return {
    '/health/live': { GET: () => health.live() },
    '/health/ready': { GET: () => health.ready() },
    '/metrics': { GET: ({ request, peer }) => metricsPage(request, { metrics, tokenHash, peer }) },
  }
}
