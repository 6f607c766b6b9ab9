import { type Reply, sentence } from '../http/reply.ts'
import { bearerOf } from '../auth/viewer.ts'
import type { Handlers, Visit } from '../http/router.ts'
import { isFromThisMachine } from '../http/site.ts'
import { isSameSecret } from '../store/secrets.ts'
import { createHealth, type HealthOptions } from './health.ts'
import type { Metrics } from './metrics.ts'

export interface HealthRoutesOptions extends HealthOptions {
  metrics: Metrics
  metricsTokenHash: string | undefined
  openMetrics: boolean
}

/** The routes for operating the gateway: health and metrics. */
export function createHealthRoutes(
  options: HealthRoutesOptions,
): Pick<Handlers, '/health/live' | '/health/ready' | '/metrics'> {
  const { metrics, metricsTokenHash: tokenHash, openMetrics } = options
  const health = createHealth(options)
  return {
    '/health/live': { GET: () => health.live() },
    '/health/ready': { GET: () => health.ready() },
    '/metrics': { GET: (visit) => metricsPage(visit, { metrics, tokenHash, openMetrics }) },
  }
}

interface MetricsAccess {
  metrics: Metrics
  /** SHA-256 of the bearer token; undefined: no token is accepted. */
  tokenHash: string | undefined
  /** Whether this machine needs no token. */
  openMetrics: boolean
}

/** `GET /metrics`: accepts requests with the token, and in development also those of this machine. */
async function metricsPage(
  { request, peer, credentials }: Visit,
  { metrics, tokenHash, openMetrics }: MetricsAccess,
): Promise<Reply> {
  const token = bearerOf(credentials)
  const mayRead =
    token === undefined
      ? openMetrics && isFromThisMachine(request, peer)
      : isSameSecret(token, tokenHash)
  if (!mayRead) {
    const how = tokenHash === undefined ? 'Set METRICS_TOKEN, and send it' : 'Send METRICS_TOKEN'
    return sentence(403, `Metrics need a token. ${how} as a bearer token.`)
  }
  return {
    status: 200,
    headers: {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    },
    body: await metrics.text(),
  }
}
