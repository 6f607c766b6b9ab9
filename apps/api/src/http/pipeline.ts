import { readCredentials } from '../auth/viewer.ts'
import type { TrustedProxies } from '../config/trust-proxy.ts'
import { Refusal, TooManyRequests } from '../errors.ts'
import { newId } from '../new-id.ts'
import { createErrorLog } from '../observability/error-log.ts'
import {
  type CurrentRequest,
  type Logger,
  type RequestNotes,
  withRequest,
} from '../observability/log.ts'
import type { Metrics } from '../observability/metrics.ts'
import { observeRequest, type Tracing } from '../observability/observe.ts'
import { supportCodeOf } from '../observability/support-code.ts'
import { type Admission, createAdmission, type Overloaded } from './admission.ts'
import { createClientAddress } from './client-address.ts'
import { allowOrigins, isSafeMethod, rejectInvalid } from './cross-origin.ts'
import type { RateLimits } from './rate-limits.ts'
import { type BodyLimits, readBody } from './read-body.ts'
import { dropBody, refuse, type Reply, sentence, toResponse } from './reply.ts'
import type { Router, Visit } from './router.ts'
import { findAddress, isAlwaysServed, isCrossOrigin, isRestPath } from './routes.ts'
import { securityHeaders } from './security-headers.ts'
import { isFromThisMachine, type Peer, type Site, THIS_PROCESS } from './site.ts'

/** The limits that apply to every route. */
export interface RequestLimits {
  rates: RateLimits
  body: BodyLimits
  /** How many requests are handled at a time. */
  inFlight: number
  /** The proxies in front whose `X-Forwarded-For` is used. */
  trustedProxies: TrustedProxies
}

export interface PipelineOptions {
  route: Router
  site: Site
  /** Origin of the frame of a flow. */
  connectOrigin: string
  /** Origins of pages that may call this gateway, and read its replies. */
  allowedOrigins: readonly string[]
  /** Whether demo sign-in exists, for requests of this machine. */
  hasDemo: boolean
  limits: RequestLimits
  log: Logger
  metrics: Metrics
  tracing: Tracing
  /** Milliseconds on a clock that no one sets. */
  elapsedMs: () => number
}

/** A request before its credentials and body are read. */
type Arrival = Omit<Visit, 'mayDemo' | 'credentials' | 'body'>

export interface Pipeline {
  /** Answers a request. `peer`: who sent it; default: this process. */
  fetch(request: Request, peer?: Peer): Promise<Response>
  /** The reply to a request that is refused as it arrives, before it becomes a `Request`; undefined: it is not refused. */
  refuse(request: { path: string; origin: string | undefined }): Reply | undefined
}

/**
 * Creates what every request passes, in this order: ID, log line, metrics and span; the URL and the page that sends it; the number
 * of requests at a time; the rate of its address; its body; its handler; the headers of the reply.
 */
export function createPipeline(options: PipelineOptions): Pipeline {
  const { site, allowedOrigins, log, metrics, tracing } = options
  const admission = createAdmission({
    inFlight: options.limits.inFlight,
    onRefusal: createRefusalObserver(options),
  })
  const answer = createAnswer(options, admission)
  const headers = securityHeaders(options)

  async function fetch(request: Request, peer: Peer = THIS_PROCESS): Promise<Response> {
    const url = URL.parse(request.url)
    const address = findAddress(url?.pathname ?? '', site.basePath)
    const notes: RequestNotes = {}
    const current = { requestId: newId(), log, notes }
    const observed = { request, route: address.pattern, notes, log, metrics, tracing }
    const reply = await withRequest(current, () =>
      observeRequest(observed, async () => {
        const refusal = rejectInvalid(request, url, allowedOrigins)
        if (refusal || !url) return refusal ?? sentence(400, 'Invalid URL.')
        return answer({ request, peer, url, address }).catch((error: unknown) =>
          excuse(error, request, current),
        )
      }),
    )
    complete(reply, { request, address, requestId: current.requestId })
    if (request.method === 'HEAD') dropBody(reply)
    return toResponse(reply)
  }

  function complete(
    reply: Reply,
    { request, address, requestId }: Pick<Visit, 'request' | 'address'> & { requestId: string },
  ): void {
    if (isRestPath(address.path)) toRestFailure(reply)
    if (isCrossOrigin(address.pattern)) allowOrigins(reply, request, allowedOrigins)
    reply.headers = { ...headers, ...reply.headers, 'x-request-id': requestId }
  }

  function refuseEarly({ path, origin }: { path: string; origin: string | undefined }) {
    const address = findAddress(path, site.basePath)
    const error = isAlwaysServed(address.pattern) ? undefined : admission.refuse()
    if (!error) return undefined
    const reply = refuse(error)
    const request = new Request(site.url, { headers: origin === undefined ? {} : { origin } })
    complete(reply, { request, address, requestId: newId() })
    return reply
  }

  return { fetch, refuse: refuseEarly }
}

function createRefusalObserver({ log, metrics, elapsedMs }: PipelineOptions) {
  const logError = createErrorLog(log, {
    message: 'Requests are refused, because LIMIT_IN_FLIGHT of them are being handled',
    elapsedMs,
  })
  return (error: Overloaded): void => {
    metrics.requestShed()
    logError(error)
  }
}

// Any page can make a browser send safe methods, as often as it likes. The return from a hosted page must not fail, because
// it revokes flows that another browser finishes.
const RETURN = '/connect/finish/:flowSecret'

function createAnswer(
  { route, site, hasDemo, limits: { rates, body, trustedProxies } }: PipelineOptions,
  admission: Admission,
) {
  const addressOf = createClientAddress(trustedProxies)

  async function count({ request, peer }: Arrival): Promise<void> {
    const retryAfterMs = await rates.take('address', addressOf(request, peer))
    if (retryAfterMs !== undefined) throw new TooManyRequests(retryAfterMs)
  }

  function handle(arrival: Arrival, text: string): Reply | Promise<Reply> {
    const { request, peer } = arrival
    const mayDemo = hasDemo && isFromThisMachine(request, peer)
    const credentials = readCredentials(request, { site, mayDemo })
    return route({ ...arrival, mayDemo, credentials, body: text })
  }

  /** Answers without the body, which no return needs. Counts the request only if there is no such flow. */
  async function answerReturn(arrival: Arrival): Promise<Reply> {
    const reply = await handle(arrival, '')
    if (reply.status === 404) await count(arrival)
    return reply
  }

  /** Takes the request's place before anything is awaited, so that the next one to arrive finds it taken. */
  return async (arrival: Arrival): Promise<Reply> => {
    const { request, peer, address } = arrival
    if (isAlwaysServed(address.pattern)) return handle(arrival, '')
    return admission.run(async (place) => {
      const isSafe = isSafeMethod(request.method)
      if (!isSafe && address.pattern === RETURN) return answerReturn(arrival)
      if (!isSafe) await count(arrival)
      return handle(arrival, await place.leaveFor(() => readBody(request, peer, body)))
    })
  }
}

function excuse(error: unknown, request: Request, { requestId, log }: CurrentRequest): Reply {
  if (error instanceof Refusal) return refuse(error)
  // The client has disconnected, and nothing went wrong here.
  if (request.signal.aborted) return sentence(400, 'The request was aborted.')
  log.error({ err: error }, 'Unexpected error')
  return sentence(
    500,
    `Something went wrong. Contact support with code ${supportCodeOf(requestId)}.`,
  )
}

/**
 * Turns a plain-text error of a path under `/api/` into JSON. A request can also fail before or after it reaches an
 * endpoint, and the endpoints promise `{"error": ...}` in all of these cases.
 */
function toRestFailure(reply: Reply): void {
  const isSentence = reply.headers['content-type']?.startsWith('text/plain') ?? false
  if (reply.status < 400 || !isSentence || typeof reply.body !== 'string') return
  reply.headers['content-type'] = 'application/json'
  reply.body = JSON.stringify({ error: reply.body.trim() })
}
