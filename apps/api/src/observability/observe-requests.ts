import type { Logger, RequestNotes } from './log.ts'
import type { Metrics } from './metrics.ts'
import { findAddress } from '../http/find-address.ts'
import type { Site } from '../http/site.ts'
import type { Tracing } from './tracing.ts'

/** A request, and who learns of what was asked and answered. */
export interface ObservedRequest {
  request: Request
  site: Site
  /** Filled in while the request is answered. */
  notes: RequestNotes
  log: Logger
  metrics: Metrics
  tracing: Tracing
}

// Asked by machines every few seconds, or by a page in dozens: nobody reads that.
const QUIET_ROUTES = new Set(['/health/live', '/health/ready', '/metrics', '/assets/:file'])

const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'])

/** Answers a request, writes one line about it, counts, times and traces it. */
export function observeRequest(
  { request, site, notes, log, metrics, tracing }: ObservedRequest,
  answer: () => Promise<Response>,
): Promise<Response> {
  const route = findAddress(URL.parse(request.url)?.pathname ?? '', site.basePath).pattern
  const method = METHODS.has(request.method) ? request.method : 'OTHER'
  const attributes = { 'http.request.method': method, 'http.route': route }
  const traceparent = request.headers.get('traceparent')
  const span = { name: `${method} ${route}`, kind: 'server' as const, attributes, traceparent }
  return tracing.within(span, async (running) => {
    const started = performance.now()
    const response = await answer()
    const ms = performance.now() - started
    const { status } = response
    running.set({ 'http.response.status_code': status })
    metrics.answered({ method, route, status, seconds: ms / 1000, refusals: notes.refusals ?? [] })
    const level = QUIET_ROUTES.has(route) && status < 500 ? 'debug' : 'info'
    log[level]({ method, route, status, ms: Math.round(ms * 10) / 10, ...notes }, 'Answered')
    return response
  })
}
