import { sentence } from '../http/responses.ts'
import { bearerOf } from '../auth/viewer.ts'
import type { Handlers, Visit } from '../http/router.ts'
import { isFromThisMachine } from '../http/site.ts'
import { isSameSecret } from '../store/secrets.ts'
import { createHealth, type HealthOptions } from './health.ts'
import type { Metrics } from './metrics.ts'

export interface HealthRoutesOptions extends HealthOptions {
  metrics: Metrics
  metricsTokenHash: string | undefined
}

/** The routes for operating the gateway: health and metrics. */
export function createHealthRoutes(
  options: HealthRoutesOptions,
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
  /** SHA-256 of the bearer token for reading metrics from another machine; undefined: only this machine can. */
  tokenHash: string | undefined
}

/** `GET /metrics`: accepts requests from this machine without a proxy, or with the token. */
async function metricsPage(
  { request, peer, credentials }: Visit,
  { metrics, tokenHash }: MetricsAccess,
): Promise<Response> {
  const token = bearerOf(credentials)
  const mayRead =
    token === undefined ? isFromThisMachine(request, peer) : isSameSecret(token, tokenHash)
  if (!mayRead) {
    return sentence(
      403,
      'Metrics are available on this machine, or with METRICS_TOKEN as a bearer token.',
    )
  }
  return new Response(await metrics.text(), {
    headers: {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    },
  })
}
