import type { PipedreamClient } from 'pipedream-client/server'
import { createDemoRoutes, type DemoAccess } from './auth/demo-sign-in.ts'
import type { VerifyJwt } from './auth/verify-jwt.ts'
import { PREPARED_TOKEN_LIFETIME_MS } from './connect/connect-tokens.ts'
import { createFlowRoutes } from './connect/flow-routes.ts'
import { createPreparedTokens } from './connect/prepared-tokens.ts'
import { reconcile } from './connect/reconcile.ts'
import { createRestEndpoints } from './connect/rest-endpoints.ts'
import type { ConnectTokenSettings } from './context.ts'
import { createGraphqlRoute } from './graphql/graphql-route.ts'
import { createPipeline, type Pipeline } from './http/pipeline.ts'
import { createRouter, type Router } from './http/router.ts'
import { readSite, type Site } from './http/site.ts'
import type { WebFiles } from './http/web-files.ts'
import {
  createEventStreams,
  type EventStreams,
  LIVE_DEFAULTS,
  type LiveSettings,
} from './live/event-streams.ts'
import { logEvent, type Logger } from './observability/log.ts'
import { createErrorLog } from './observability/error-log.ts'
import { createMetrics, type Metrics } from './observability/metrics.ts'
import { noTracing, type Tracing } from './observability/observe.ts'
import { createHealthRoutes } from './observability/health-routes.ts'
import type { Limits } from './open-limits.ts'
import { createOperatorData, type OperatorData } from './operator/operator-data.ts'
import type { CircuitBreaker } from './pipedream/circuit-breaker.ts'
import { createUpstreamCache } from './pipedream/upstream-cache.ts'
import type { ProjectWatch } from './pipedream/watch-project.ts'
import { createServices, type Services } from './services.ts'
import { createEventRetention } from './store/event-retention.ts'
import { createEvents } from './store/events.ts'
import { type Database, observeEvents } from './store/open-database.ts'
import { createAccessTokens, createSessions } from './store/secrets.ts'

/** Dependencies and settings of a server. */
export interface ServerDeps {
  pipedream: PipedreamClient
  database: Database
  log: Logger
  /** Where browsers reach the gateway; may have a path. */
  publicUrl: string
  /** Its `allowedOrigins` may also call this gateway. */
  connectTokens: Omit<ConnectTokenSettings, 'publicUrl'>
  /** Sign-in with any name, for requests of this machine only. Default: off. */
  demoSignIn?: DemoAccess | undefined
  /** SHA-256 of the key of the product's servers. Default: there is no service viewer. */
  serviceKeyHash?: string | undefined
  /** Verifies the JWTs of the product's users. Default: JWTs are rejected. */
  verifyJwt?: VerifyJwt | undefined
  /** Whether the REST endpoints exist. Default: they do not. */
  restTokens?: boolean | undefined
  /** The built web app. Default: none is served. */
  webFiles?: WebFiles | undefined
  limits: Limits
  /** How long events are kept, in milliseconds. Default: forever. */
  eventsKeptMs?: number | undefined
  /** How live events are served. Default: `LIVE_DEFAULTS`. */
  live?: Partial<LiveSettings> | undefined
  /** The circuit breaker in front of Pipedream, for health data. Default: always closed. */
  breaker?: Pick<CircuitBreaker, 'state'> | undefined
  /** Warnings about the project, for `/health/ready`. Default: none. */
  projectWarnings?: ProjectWatch['warnings'] | undefined
  /** Default: metrics of this server only. */
  metrics?: Metrics | undefined
  /** SHA-256 of the bearer token for reading metrics. Default: no token does. */
  metricsTokenHash?: string | undefined
  /** Whether this machine reads metrics without a token. Default: it does not. */
  openMetrics?: boolean | undefined
  /** Default: no tracing. */
  tracing?: Tracing | undefined
  now?: (() => Date) | undefined
  /** Milliseconds on a clock that no one sets. Default: `performance.now`. */
  elapsedMs?: (() => number) | undefined
}

export interface Server extends Pipeline {
  /** Runs one reconciliation pass; see `reconcile`. */
  reconcile(): Promise<void>
  /** Records how many refusals were not recorded singly, and deletes events that are older than configured. */
  maintain(): Promise<void>
  /** Shows that the gateway runs, every `BEAT_MS`; see `Heartbeat`. */
  beat(): Promise<void>
  /** Announces the stop in `/health/ready`, and ends the event streams and the reconciliation pass that is running. */
  drain(): void
  close(): Promise<void>
}

/** The gateway: GraphQL, GraphiQL, demo sign-in and the web app behind one `fetch`. */
export function createServer(deps: ServerDeps): Server {
  const { log, tracing = noTracing, metrics = createMetrics() } = deps
  const { breaker = { state: 'closed' }, projectWarnings = () => [], now = () => new Date() } = deps
  const { elapsedMs = () => performance.now() } = deps
  const { allowedOrigins, connectUrl } = deps.connectTokens
  const draining = new AbortController()
  const database = observe(deps, metrics)
  const site = readSite(deps.publicUrl)
  const events = createEvents(database, now)
  const services = createServices({ pipedream: deps.pipedream, database, events, now, elapsedMs })
  const settings = { ...LIVE_DEFAULTS, ...deps.live }
  const streams = createEventStreams({ events, log, settings, now })
  const operatorData = createOperatorData({ database, breaker, metrics, streams, now })
  const healthRoutes = createHealthRoutes({
    readHealth: operatorData.readHealth,
    projectWarnings,
    metrics,
    metricsTokenHash: deps.metricsTokenHash,
    openMetrics: deps.openMetrics ?? false,
    isDraining: () => draining.signal.aborted,
  })
  metrics.watch({ database, streams, breaker })
  const parts = { site, database, tracing, services, streams, healthRoutes, operatorData }
  const pipeline = createPipeline({
    route: createRoutes(deps, parts),
    site,
    connectOrigin: new URL(connectUrl).origin,
    allowedOrigins,
    hasDemo: deps.demoSignIn !== undefined,
    limits: deps.limits,
    log,
    metrics,
    tracing,
    elapsedMs,
  })

  const drain = () => {
    draining.abort()
    streams.close()
  }

  return {
    ...pipeline,
    reconcile: createPass({ log, services, signal: draining.signal }),
    maintain: createMaintenance({ ...deps, services, database }),
    beat: () => services.heartbeat.beat(),
    drain,
    async close() {
      drain()
      await recordRest(services, log)
      await Promise.all([database.close(), deps.limits.rates.close()])
    },
  }
}

interface PassParts extends Pick<ServerDeps, 'log'> {
  services: Services
  signal: AbortSignal
}

function createPass({ log, services, signal }: PassParts): Server['reconcile'] {
  const onError = createErrorLog(log, {
    message: 'Reconciliation failed in part; it will be retried',
    elapsedMs: services.elapsedMs,
  })
  return () => reconcile(services, { onError, signal })
}

interface MaintenanceParts extends Pick<ServerDeps, 'database' | 'eventsKeptMs'> {
  services: Services
}

/** Creates what keeps the event log small. */
function createMaintenance({
  services,
  database,
  eventsKeptMs,
}: MaintenanceParts): Server['maintain'] {
  const retention = createEventRetention(database, { keptMs: eventsKeptMs, now: services.now })
  return async () => {
    await services.refusals.flush()
    await retention.deleteExpired()
  }
}

async function recordRest({ refusals }: Services, log: Logger): Promise<void> {
  await refusals.flush('all').catch((err: unknown) => {
    log.error({ err }, 'Cannot record refused requests')
  })
}

function observe({ database, log }: ServerDeps, metrics: Metrics): Database {
  return observeEvents(database, (event) => {
    metrics.eventRecorded(event)
    logEvent(log, event)
  })
}

interface Parts {
  site: Site
  database: Database
  tracing: Tracing
  services: Services
  streams: EventStreams
  operatorData: OperatorData
  healthRoutes: ReturnType<typeof createHealthRoutes>
}

function createRoutes(
  deps: ServerDeps,
  { site, database, tracing, services, streams, healthRoutes, operatorData }: Parts,
): Router {
  const { connectTokens, limits, webFiles, demoSignIn } = deps
  const { now, elapsedMs } = services
  // A session that was started at the emulator without a code, perhaps as an operator, is not valid with a real project.
  const sessions = createSessions(database, demoSignIn?.startCode === undefined ? '' : 'project ')
  const context = {
    ...services,
    operatorData,
    cache: createUpstreamCache(database, now),
    connectTokens: { ...connectTokens, publicUrl: site.url },
    preparedTokens: createPreparedTokens({ keptMs: PREPARED_TOKEN_LIFETIME_MS, now, elapsedMs }),
    rateLimits: limits.rates,
  }
  const { serviceKeyHash, verifyJwt } = deps
  const shared = { sessions, serviceKeyHash, verifyJwt, now, site }
  const graphql = createGraphqlRoute({
    ...shared,
    context,
    streams,
    limits,
    tracing,
  })
  const handlers = {
    ...healthRoutes,
    ...createFlowRoutes(services, { sessions, site }),
    ...createDemoRoutes({
      sessions,
      site,
      now,
      onSessionEnd: streams.endSession,
      onBrowserEnd: (hash) => services.flows.signOut(hash),
      ...demoSignIn,
    }),
    ...createRestEndpoints({
      ...shared,
      enabled: deps.restTokens ?? false,
      context: { ...context, accessTokens: createAccessTokens(database) },
    }),
    '/graphql': graphql,
  }
  return createRouter({ handlers, webFiles, site })
}
