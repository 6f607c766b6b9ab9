import type { FetchLike } from 'pipedream-client/server'
import { findAddress, isQuiet } from '../http/routes.ts'
import type { Site } from '../http/site.ts'
import type { Logger, RequestNotes } from './log.ts'
import type { Metrics } from './metrics.ts'

type Attributes = Record<string, string | number>

/** A piece of work about to begin. No name or attribute holds what a caller wrote. */
interface NewSpan {
  name: string
  kind: 'server' | 'internal' | 'client'
  attributes?: Attributes
  /** The caller's own span; default: whatever is under way here. */
  traceparent?: string | null
}

/** A piece of work that is under way. */
interface RunningSpan {
  set(attributes: Attributes): void
  /** What carries the trace on to another server; undefined: nothing is traced. */
  readonly traceparent: string | undefined
}

/** Tells a collector what took how long, as part of what. */
export interface Tracing {
  within<Result>(span: NewSpan, run: (span: RunningSpan) => Promise<Result>): Promise<Result>
  /** Sends what has not been sent. */
  close(): Promise<void>
}

const NO_SPAN: RunningSpan = { set() {}, traceparent: undefined }

export const noTracing: Tracing = {
  within: (_span, run) => run(NO_SPAN),
  close: () => Promise.resolve(),
}

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
    const level = isQuiet(route) && status < 500 ? 'debug' : 'info'
    log[level]({ method, route, status, ms: Math.round(ms * 10) / 10, ...notes }, 'Answered')
    return response
  })
}

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
