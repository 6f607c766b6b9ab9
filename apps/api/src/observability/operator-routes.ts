import { sentence } from '../http/responses.ts'
import { bearerOf } from '../auth/viewer.ts'
import type { Handlers, Visit } from '../http/router.ts'
import { isFromThisMachine } from '../http/site.ts'
import { isSameSecret } from '../store/secrets.ts'
import { createHealth, type HealthOptions } from './health.ts'
import type { Metrics } from './metrics.ts'

export interface OperatorRoutesOptions extends HealthOptions {
  metrics: Metrics
  metricsTokenHash: string | undefined
}

/** What is there for whoever runs the gateway, by address. */
export function createOperatorRoutes(
  options: OperatorRoutesOptions,
): Pick<Handlers, '/health/live' | '/health/ready' | '/metrics'> {
  const { metrics, metricsTokenHash: tokenHash } = options
  const health = createHealth(options)
  return {
    '/health/live': { GET: () => health.live() },
    '/health/ready': { GET: () => health.ready() },
    '/metrics': { GET: (visit) => metricsPage(visit, { metrics, tokenHash }) },
  }
}

interface MetricsAccess {
  metrics: Metrics
  /** SHA-256 of the bearer that may read from elsewhere; undefined: this machine alone may. */
  tokenHash: string | undefined
}

/** `GET /metrics`: for whoever scrapes from this machine, through no proxy, or with the token. */
async function metricsPage(
  { request, peer, credentials }: Visit,
  { metrics, tokenHash }: MetricsAccess,
): Promise<Response> {
  const token = bearerOf(credentials)
  const mayRead =
    token === undefined ? isFromThisMachine(request, peer) : isSameSecret(token, tokenHash)
  if (!mayRead) {
    return sentence(403, 'Metrics are for this machine, or for METRICS_TOKEN as a bearer.')
  }
  return new Response(await metrics.text(), {
    headers: {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    },
  })
}
