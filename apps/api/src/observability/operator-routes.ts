import { sentence } from '../http/responses.ts'
import type { Route } from '../http/router.ts'
import { isFromThisMachine, type Peer } from '../http/site.ts'
import { isSameSecret } from '../store/sha256.ts'
import { createHealth, type HealthOptions } from './health.ts'
import type { Metrics } from './metrics.ts'

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

interface MetricsAccess {
  metrics: Metrics
  /** SHA-256 of the bearer that may read from elsewhere; undefined: this machine alone may. */
  tokenHash: string | undefined
  peer: Peer
}

/** `GET /metrics`: for whoever scrapes from this machine, through no proxy, or with the token. */
async function metricsPage(
  request: Request,
  { metrics, tokenHash, peer }: MetricsAccess,
): Promise<Response> {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
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
