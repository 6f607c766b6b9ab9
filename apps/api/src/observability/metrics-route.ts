import { isFromThisMachine, type Peer } from '../http/loopback.ts'
import type { Metrics } from './metrics.ts'
import { isSameSecret } from '../store/sha256.ts'
import { sentence } from '../http/respond.ts'

export interface MetricsAccess {
  metrics: Metrics
  /** SHA-256 of the bearer that may read from elsewhere; undefined: this machine alone may. */
  tokenHash: string | undefined
  peer: Peer
}

/** `GET /metrics`: for whoever scrapes from this machine, through no proxy, or with the token. */
export async function metricsPage(
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
