import { randomUUID } from 'node:crypto'
import type { PipedreamClient } from 'pipedream-client/server'
import { createDemoRoutes } from './auth/demo-sign-in.ts'
import type { VerifyJwt } from './auth/verify-jwt.ts'
import { createFlowRoutes } from './connect/flow-routes.ts'
import { reconcile } from './connect/reconcile.ts'
import { createRestEndpoints } from './connect/rest-endpoints.ts'
import { asRestFailure } from './connect/rest-errors.ts'
import type { ConnectTokenSettings } from './context.ts'
import { createGraphqlRoute } from './graphql/graphql-route.ts'
import { turnAway } from './http/cross-origin.ts'
import { limitRequests } from './http/limit-requests.ts'
import type { Limits } from './http/open-limits.ts'
import { refuse, sentence, withSecurityHeaders } from './http/responses.ts'
import { createRouter, withoutBody } from './http/router.ts'
import { type Peer, readSite, type Site } from './http/site.ts'
import type { WebFiles } from './http/web-files.ts'
import {
  createEventStreams,
  type EventStreams,
  LIVE_DEFAULTS,
  type LiveSettings,
} from './live/event-streams.ts'
import {
  type CurrentRequest,
  logEvent,
  type Logger,
  type RequestNotes,
  withRequest,
} from './observability/log.ts'
import { createMetrics, type Metrics } from './observability/metrics.ts'
import { noTracing, observeRequest, type Tracing } from './observability/observe.ts'
import { createOperatorRoutes } from './observability/operator-routes.ts'
import { supportCodeOf } from './observability/support-code.ts'
import { createOperatorData, type OperatorData } from './operator/operator-data.ts'
import type { CircuitBreaker } from './pipedream/circuit-breaker.ts'
import { createUpstreamCache } from './pipedream/upstream-cache.ts'
import type { ProjectWatch } from './pipedream/watch-project.ts'
import { createServices, type Services } from './services.ts'
import { DatabaseUnavailable } from './store/database-unavailable.ts'
import { createEvents } from './store/events.ts'
import { type Database, observeEvents } from './store/open-database.ts'
import { createAccessTokens, createSessions } from './store/secrets.ts'

/** What a server is made of. */
export interface ServerDeps {
  pipedream: PipedreamClient
  database: Database
  log: Logger
  /** Where browsers reach us; may have a path. */
  publicUrl: string
  /** Its `allowedOrigins` are also the pages that may call us. */
  connectTokens: Omit<ConnectTokenSettings, 'publicUrl'>
  /** Whether anybody may sign in under any name; honoured for requests of this machine only. */
  demoSignIn: boolean
  /** SHA-256 of the key of the product's servers; default: there is no service viewer. */
  serviceKeyHash?: string | undefined
  /** Verifies the JWTs of the product's users; default: nobody arrives with one. */
  verifyJwt?: VerifyJwt | undefined
  /** Whether the REST endpoints exist; default: they do not. */
  restTokens?: boolean | undefined
  /** The built web app; default: none is served. */
  webFiles?: WebFiles | undefined
  limits: Limits
  /** How live events are served; default: `LIVE_DEFAULTS`. */
  live?: Partial<LiveSettings> | undefined
  /** What stands before Pipedream, for whoever asks how it is; default: always well. */
  breaker?: Pick<CircuitBreaker, 'state'> | undefined
  /** What is wrong with the project, for `/health/ready`; default: nothing. */
  projectWarnings?: ProjectWatch['warnings'] | undefined
  /** Default: counted, and thrown away with the server. */
  metrics?: Metrics | undefined
  /** SHA-256 of the bearer that may read metrics from elsewhere; default: this machine alone may. */
  metricsTokenHash?: string | undefined
  /** Default: nothing is traced. */
  tracing?: Tracing | undefined
  now?: (() => Date) | undefined
}

export interface Server {
  fetch(request: Request, peer?: Peer): Promise<Response>
  /** One round of what nobody may report to us; see `reconcile`. */
  reconcile(): Promise<void>
  /** Says from now on that we are about to stop, and ends the streams of events. */
  drain(): void
  close(): Promise<void>
}

/** The gateway: GraphQL, GraphiQL, demo sign-in and the web app behind one `fetch`. */
export function createServer(deps: ServerDeps): Server {
  const { log, tracing = noTracing, metrics = createMetrics() } = deps
  const { breaker = { state: 'closed' }, projectWarnings = () => [], now = () => new Date() } = deps
  const { allowedOrigins, connectUrl } = deps.connectTokens
  const database = observeEvents(deps.database, (event) => {
    metrics.eventRecorded(event)
    logEvent(log, event)
  })
  const connectOrigin = new URL(connectUrl).origin
  const site = readSite(deps.publicUrl)
  const events = createEvents(database, now)
  const services = createServices({ pipedream: deps.pipedream, database, events, now })
  const streams = createEventStreams({ events, log, settings: { ...LIVE_DEFAULTS, ...deps.live } })
  let isDraining = false
  const operatorData = createOperatorData({ database, breaker, metrics, streams, now })
  const operatorRoutes = createOperatorRoutes({
    readHealth: operatorData.readHealth,
    projectWarnings,
    metrics,
    metricsTokenHash: deps.metricsTokenHash,
    isDraining: () => isDraining,
  })
  metrics.watch({ database, streams, breaker })
  const parts = { site, database, tracing, services, streams, operatorRoutes, operatorData }
  const routes = createRoutes(deps, parts)
  const admit = limitRequests(routes, { limits: deps.limits, allowedOrigins })
  const answer = async (request: Request, peer: Peer) =>
    turnAway(request, allowedOrigins) ?? (isKnown(request) ? admit : routes)(request, peer)

  async function fetch(request: Request, peer: Peer = {}): Promise<Response> {
    const requestId = randomUUID()
    const notes: RequestNotes = {}
    const current = { requestId, log, notes }
    const response = await withRequest(current, () =>
      observeRequest({ request, site, notes, log, metrics, tracing }, () =>
        answer(request, peer).catch((error: unknown) => excuse(error, request, current)),
      ),
    )
    const readable = response.status < 400 ? response : await asRestFailure(request, response, site)
    const whole = withSecurityHeaders(readable, { requestId, connectOrigin, site })
    return request.method === 'HEAD' ? withoutBody(whole) : whole
  }

  return {
    fetch,
    async reconcile() {
      for (const err of await reconcile(services)) {
        log.warn({ err }, 'Something could not be reconciled; it is tried again')
      }
    },
    drain() {
      isDraining = true
      streams.close()
    },
    async close() {
      streams.close()
      await Promise.all([database.close(), deps.limits.rates.close()])
    },
  }
}

// No `Request` can be made with these, as is done to read a body. The routes refuse them by themselves.
function isKnown({ method }: Request): boolean {
  return method !== 'CONNECT' && method !== 'TRACE' && method !== 'TRACK'
}

function excuse(error: unknown, request: Request, { requestId, log }: CurrentRequest): Response {
  // Nobody is left to read the answer, and nothing went wrong here.
  if (request.signal.aborted) return sentence(400, 'The request was broken off.')
  if (error instanceof DatabaseUnavailable) return refuse(error)
  log.error({ err: error }, 'Unexpected error')
  return sentence(
    500,
    `Something went wrong on our side. Support code: ${supportCodeOf(requestId)}`,
  )
}

interface Parts {
  site: Site
  database: Database
  tracing: Tracing
  services: Services
  streams: EventStreams
  operatorData: OperatorData
  operatorRoutes: ReturnType<typeof createOperatorRoutes>
}

function createRoutes(
  deps: ServerDeps,
  { site, database, tracing, services, streams, operatorRoutes, operatorData }: Parts,
): (request: Request, peer: Peer) => Promise<Response> {
  const { connectTokens, limits, webFiles, demoSignIn } = deps
  const { now } = services
  const { allowedOrigins } = connectTokens
  const sessions = createSessions(database)
  const context = {
    ...services,
    operatorData,
    cache: createUpstreamCache(database, now),
    connectTokens: { ...connectTokens, publicUrl: site.url },
    rateLimits: limits.rates,
  }
  const { serviceKeyHash, verifyJwt } = deps
  const shared = { sessions, serviceKeyHash, verifyJwt, now, allowedOrigins, site }
  const graphql = createGraphqlRoute({
    ...shared,
    context,
    streams,
    limits,
    tracing,
  })
  const handlers = {
    ...operatorRoutes,
    ...createFlowRoutes(services, { sessions, site }),
    ...createDemoRoutes({ sessions, site, now }),
    ...createRestEndpoints({
      ...shared,
      enabled: deps.restTokens ?? false,
      context: { ...context, accessTokens: createAccessTokens(database) },
    }),
    '/graphql': graphql,
  }
  return createRouter({ handlers, webFiles, site, demoSignIn })
}
