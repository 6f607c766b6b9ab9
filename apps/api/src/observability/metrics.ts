import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { CircuitBreakerState } from '../pipedream/circuit-breaker.ts'
import type { Database } from '../store/open-database.ts'
import type { EventType } from '../store/tables.ts'
import { readLatencies, type UpstreamLatency } from './upstream-latency.ts'

/** Values that are read when metrics are collected. */
interface Gauges {
  database: Pick<Database, 'waiting' | 'transactions'>
  /** Open live event streams. */
  streams: { readonly size: number }
  breaker: { readonly state: CircuitBreakerState }
}

interface CompletedRequest {
  method: string
  route: string
  status: number
  seconds: number
  refusals: readonly string[]
}

interface CompletedCall {
  operation: string
  /** The HTTP status; undefined: there was no response. */
  status: number | undefined
  seconds: number
}

/** The metrics of one server. No label ever contains a caller's input. */
export interface Metrics {
  requestCompleted(request: CompletedRequest): void
  /** Records a request that was refused because too many were being handled. */
  requestShed(): void
  upstreamCallCompleted(call: CompletedCall): void
  /** Records how far this machine's clock is ahead of Pipedream's; negative if it is behind. */
  clockMeasured(skew: { aheadSeconds: number }): void
  eventRecorded(event: { type: EventType; app?: string | null | undefined }): void
  /** Adds gauges that are read when metrics are collected. */
  watch(gauges: Gauges): void
  /** Latencies of Pipedream since this process started. */
  readLatencies(): Promise<UpstreamLatency[]>
  /** All metrics in the Prometheus text format. */
  text(): Promise<string>
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

// A product connects a few dozen of the thousands of apps; all others share one label.
const APPS_MAX = 200

/** `ofProcess`: adds memory, CPU, garbage collection and event loop lag. */
export function createMetrics({ ofProcess = false } = {}): Metrics {
  const registry = new Registry()
  const registers = [registry]
  if (ofProcess) collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'gateway_http_request_duration_seconds',
    help: 'Time until the response started.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  })
  const shed = new Counter({
    name: 'gateway_requests_shed_total',
    help: 'Requests refused because too many were being handled.',
    registers,
  })
  const refusals = new Counter({
    name: 'gateway_refusals_total',
    help: 'Typed errors returned to callers, by name.',
    labelNames: ['reason'],
    registers,
  })
  const calls = new Histogram({
    name: 'gateway_upstream_request_duration_seconds',
    help: 'Requests to Pipedream, including retries; status “none”: no response.',
    labelNames: ['operation', 'status'],
    buckets: SECONDS,
    registers,
  })
  const events = new Counter({
    name: 'gateway_events_total',
    help: 'Events recorded in the log; types that start with flow_ count flows by outcome.',
    labelNames: ['type', 'app'],
    registers,
  })
  // Registered with the first measurement, because a gauge without labels starts at 0, which would claim that the clocks agree.
  const clock = new Gauge({
    name: 'gateway_upstream_clock_ahead_seconds',
    help: 'How far this machine’s clock is ahead of Pipedream’s; negative: behind.',
    registers: [],
  })
  const nameApp = createAppNames()
  return {
    requestCompleted({ method, route, status, seconds, refusals: reasons }) {
      requests.observe({ method, route, status }, seconds)
      for (const reason of reasons) refusals.inc({ reason })
    },
    requestShed: () => shed.inc(),
    upstreamCallCompleted({ operation, status, seconds }) {
      calls.observe({ operation, status: status ?? 'none' }, seconds)
    },
    clockMeasured({ aheadSeconds }) {
      registry.registerMetric(clock)
      clock.set(aheadSeconds)
    },
    eventRecorded: ({ type, app }) => events.inc({ type, app: nameApp(type, app) }),
    watch: (gauges) => watch(registers, gauges),
    readLatencies: async () => readLatencies((await calls.get()).values),
    text: () => registry.metrics(),
  }
}

/** Returns an app's slug as a label once a flow was created for it, so it is in Pipedream's catalogue; “other” until then. */
function createAppNames(): (type: EventType, app: string | null | undefined) => string {
  const known = new Set<string>()
  return (type, app) => {
    if (app == null) return 'none'
    if (type === 'flow_created' && known.size < APPS_MAX) known.add(app)
    return known.has(app) ? app : 'other'
  }
}

const BREAKER_STATES: readonly CircuitBreakerState[] = ['closed', 'half-open', 'open']

function watch(registers: Registry[], { database, streams, breaker }: Gauges): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  gauge('gateway_event_streams', 'Open live event streams.', () => streams.size)
  gauge('gateway_writes_waiting', 'Writes that wait for their transaction.', () => database.waiting)
  const transactions = new Counter({
    name: 'gateway_transactions_total',
    help: 'Transactions started; many writes share one.',
    registers,
    collect() {
      transactions.reset()
      transactions.inc(database.transactions)
    },
  })
  const states = new Gauge({
    name: 'gateway_upstream_breaker',
    help: '1 for the current state of the circuit breaker for Pipedream.',
    labelNames: ['state'],
    registers,
    collect() {
      for (const state of BREAKER_STATES) states.set({ state }, Number(breaker.state === state))
    },
  })
}
