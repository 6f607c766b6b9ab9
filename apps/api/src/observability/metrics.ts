import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { CircuitBreakerState } from '../pipedream/circuit-breaker.ts'
import type { Database } from '../store/open-database.ts'
import type { EventType } from '../store/tables.ts'
import { readLatencies, type UpstreamLatency } from './upstream-latency.ts'

/** What is read at the moment of asking. */
interface Gauges {
  database: Pick<Database, 'waiting' | 'transactions'>
  /** Streams of live events that are open. */
  streams: { readonly size: number }
  breaker: { readonly state: CircuitBreakerState }
}

interface AnsweredRequest {
  method: string
  route: string
  status: number
  seconds: number
  refusals: readonly string[]
}

interface AnsweredCall {
  operation: string
  /** The HTTP status; undefined: no answer came. */
  status: number | undefined
  seconds: number
}

/** What is counted of one server: no label ever holds what a caller wrote. */
export interface Metrics {
  answered(request: AnsweredRequest): void
  calledUpstream(call: AnsweredCall): void
  happened(event: { type: EventType; app?: string | null | undefined }): void
  /** Adds what is read at the moment of asking. */
  watch(gauges: Gauges): void
  /** How fast Pipedream has answered so far. */
  readLatencies(): Promise<UpstreamLatency[]>
  /** All of it, as Prometheus reads it. */
  text(): Promise<string>
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

// A product connects a few dozen of the thousands in the catalogue; the rest of them are one line.
const APPS_MAX = 200

/** `ofProcess`: memory, CPU, garbage and the lag of the event loop are counted too. */
export function createMetrics({ ofProcess = false } = {}): Metrics {
  const registry = new Registry()
  const registers = [registry]
  if (ofProcess) collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'gateway_http_request_duration_seconds',
    help: 'Time until the answer began.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  })
  const refusals = new Counter({
    name: 'gateway_refusals_total',
    help: 'Typed errors that callers got, by name.',
    labelNames: ['reason'],
    registers,
  })
  const calls = new Histogram({
    name: 'gateway_upstream_request_duration_seconds',
    help: 'Requests to Pipedream, retries included; status “none”: no answer came.',
    labelNames: ['operation', 'status'],
    buckets: SECONDS,
    registers,
  })
  const events = new Counter({
    name: 'gateway_events_total',
    help: 'Events recorded in the log; flows by outcome are the types that begin with flow_.',
    labelNames: ['type', 'app'],
    registers,
  })
  const nameApp = createAppNames()
  return {
    answered({ method, route, status, seconds, refusals: reasons }) {
      requests.observe({ method, route, status }, seconds)
      for (const reason of reasons) refusals.inc({ reason })
    },
    calledUpstream({ operation, status, seconds }) {
      calls.observe({ operation, status: status ?? 'none' }, seconds)
    },
    happened: ({ type, app }) => events.inc({ type, app: nameApp(type, app) }),
    watch: (gauges) => watch(registers, gauges),
    readLatencies: async () => readLatencies((await calls.get()).values),
    text: () => registry.metrics(),
  }
}

/** The slug of an app that a flow was made for, which Pipedream's catalogue has; of the rest only that it is another. */
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
  gauge('gateway_event_streams', 'Streams of live events that are open.', () => streams.size)
  gauge(
    'gateway_writes_waiting',
    'Pieces of work that wait for their transaction.',
    () => database.waiting,
  )
  const transactions = new Counter({
    name: 'gateway_transactions_total',
    help: 'Transactions begun; many writes share one.',
    registers,
    collect() {
      transactions.reset()
      transactions.inc(database.transactions)
    },
  })
  const states = new Gauge({
    name: 'gateway_upstream_breaker',
    help: '1 for the state of the circuit breaker before Pipedream.',
    labelNames: ['state'],
    registers,
    collect() {
      for (const state of BREAKER_STATES) states.set({ state }, Number(breaker.state === state))
    },
  })
}
