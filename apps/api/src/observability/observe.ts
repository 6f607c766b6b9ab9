import type { FetchLike } from 'pipedream-client/server'
import type { Reply } from '../http/reply.ts'
import { isQuiet } from '../http/routes.ts'
import type { Logger, RequestNotes } from './log.ts'
import type { Metrics } from './metrics.ts'

type Attributes = Record<string, string | number>

/** A span to start. Its name and attributes never contain a caller's input. */
interface NewSpan {
  name: string
  kind: 'server' | 'internal' | 'client'
  attributes?: Attributes
  /** The caller's span; default: the current span of this process. */
  traceparent?: string | null
}

/** A span that has started. */
interface RunningSpan {
  set(attributes: Attributes): void
  /** The header that continues the trace on another server; undefined: tracing is off. */
  readonly traceparent: string | undefined
}

/** Reports spans to a trace collector. */
export interface Tracing {
  within<Result>(span: NewSpan, run: (span: RunningSpan) => Promise<Result>): Promise<Result>
  /** Sends the spans that are still queued. */
  close(): Promise<void>
}

const NO_SPAN: RunningSpan = { set() {}, traceparent: undefined }

export const noTracing: Tracing = {
  within: (_span, run) => run(NO_SPAN),
  close: () => Promise.resolve(),
}

/** A request with its observers. */
export interface ObservedRequest {
  request: Request
  /** The pattern of its address. */
  route: string
  /** Filled while the request is handled. */
  notes: RequestNotes
  log: Logger
  metrics: Metrics
  tracing: Tracing
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'])

/** Handles a request, writes its log line, and records its metrics and span. */
export function observeRequest(
  { request, route, notes, log, metrics, tracing }: ObservedRequest,
  handle: () => Promise<Reply>,
): Promise<Reply> {
  const method = METHODS.has(request.method) ? request.method : 'OTHER'
  const attributes = { 'http.request.method': method, 'http.route': route }
  const traceparent = request.headers.get('traceparent')
  const span = { name: `${method} ${route}`, kind: 'server' as const, attributes, traceparent }
  return tracing.within(span, async (running) => {
    const started = performance.now()
    const reply = await handle()
    const ms = performance.now() - started
    const { status } = reply
    running.set({ 'http.response.status_code': status })
    metrics.requestCompleted({
      method,
      route,
      status,
      seconds: ms / 1000,
      refusals: notes.refusals ?? [],
    })
    const level = isQuiet(route) && status < 500 ? 'debug' : 'info'
    log[level](
      { method, route, status, ms: Math.round(ms * 10) / 10, ...notes },
      'Request completed',
    )
    return reply
  })
}

/** The observers of requests to Pipedream. */
export interface UpstreamObservers {
  metrics: Pick<Metrics, 'upstreamCallCompleted'>
  tracing: Tracing
}

/** Wraps `fetch` to record metrics and a span for each request. */
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
        metrics.upstreamCallCompleted({ operation, status, seconds })
      }
    })
  }
}

const KNOWN_SEGMENTS = new Set([
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

/** Method and path without IDs and other variable parts: `GET /v1/connect/:id/accounts/:id`. */
function upstreamOperation(method: string, url: string): string {
  const segments = new URL(url).pathname.split('/').slice(1, 8)
  return `${method} /${segments.map((segment) => (KNOWN_SEGMENTS.has(segment) ? segment : ':id')).join('/')}`
}
