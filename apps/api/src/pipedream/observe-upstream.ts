import type { FetchLike } from 'pipedream-client/server'
import type { Metrics } from '../observability/metrics.ts'
import type { Tracing } from '../observability/tracing.ts'

/** Who learns of what is sent to Pipedream. */
export interface UpstreamObservers {
  metrics: Pick<Metrics, 'calledUpstream'>
  tracing: Tracing
}

/** The same `fetch`, which counts, times and traces what is sent. */
export function observeUpstream(
  fetch: FetchLike,
  { metrics, tracing }: UpstreamObservers,
): FetchLike {
  return (url, init) => {
    const operation = upstreamOperation(init.method, url)
    const attributes = { 'http.request.method': init.method, 'server.address': new URL(url).host }
    return tracing.within({ name: operation, kind: 'client', attributes }, async (span) => {
      const { traceparent } = span
      const headers = traceparent === undefined ? init.headers : { ...init.headers, traceparent }
      const started = performance.now()
      let status: number | undefined
      try {
        const response = await fetch(url, { ...init, headers })
        status = response.status
        span.set({ 'http.response.status_code': status })
        return response
      } finally {
        const seconds = (performance.now() - started) / 1000
        metrics.calledUpstream({ operation, status, seconds })
      }
    })
  }
}

const WORDS = new Set([
  'v1',
  'accounts',
  'actions',
  'app_categories',
  'apps',
  'components',
  'connect',
  'oauth',
  'projects',
  'proxy',
  'sessions',
  'token',
  'tokens',
  'triggers',
  'users',
])

/** Method and path without what names somebody or something: `GET /v1/connect/:id/accounts/:id`. */
function upstreamOperation(method: string, url: string): string {
  const segments = new URL(url).pathname.split('/').slice(1, 8)
  return `${method} /${segments.map((word) => (WORDS.has(word) ? word : ':id')).join('/')}`
}
