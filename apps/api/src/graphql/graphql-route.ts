import { createBrowser, setBrowserCookie } from '../auth/cookies.ts'
import { type Identity, isStillSignedIn, readIdentity, type ViewerSources } from '../auth/viewer.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../errors.ts'
import { keepsCookies } from '../http/cross-origin.ts'
import { countViewer } from '../http/rate-limits.ts'
import { type Reply, sentence } from '../http/reply.ts'
import { isJson, refuseOtherThanJson, type Route, type Visit } from '../http/router.ts'
import { pathTo } from '../http/routes.ts'
import type { Site } from '../http/site.ts'
import { EventResults } from '../live/event-results.ts'
import type { EventStreams, StreamCredential } from '../live/event-streams.ts'
import type { Tracing } from '../observability/observe.ts'
import type { Limits } from '../open-limits.ts'
import { callAsViewer } from '../pipedream/upstream-caller.ts'
import { createExecutor } from './execute-operation.ts'
import { createGraphiql, wantsGraphiql } from './graphiql.ts'
import { maskError } from './mask-error.ts'
import { readOperation } from './read-operation.ts'
import { acceptedType, EVENTS, refuseAccept, toReply } from './to-reply.ts'

/** What the GraphQL route needs. */
export interface GraphqlOptions extends ViewerSources {
  context: Omit<Context, 'viewer' | 'browser' | 'live'>
  streams: EventStreams
  tracing: Tracing
  site: Site
  limits: Limits
}

/** `/graphql`: GraphiQL for browsers, the API for all other clients. */
export function createGraphqlRoute(options: GraphqlOptions): Route {
  const { context, streams, site, limits } = options
  const execute = createExecutor(options)

  async function operate(visit: Visit): Promise<Reply> {
    const { request, credentials, body } = visit
    if (!isJson(request)) return refuseOtherThanJson()
    const accepted = acceptedType(request.headers.get('accept'))
    if (!accepted) return refuseAccept()
    const identity = await readIdentity(credentials, options)
    const { viewer } = identity
    await countViewer(viewer, limits.rates)
    const browser = createBrowser(credentials.browserSecret, {
      keepsCookies: keepsCookies(request),
    })
    const live = {
      broker: streams.broker,
      lastEventId: request.headers.get('last-event-id') ?? undefined,
    }
    let isRead = false
    const result = await callAsViewer(viewer, async () => {
      const operation = readOperation(body, limits.trustedDocuments)
      isRead = true
      return execute(operation, { ...context, viewer, browser, live })
    }).catch((error: unknown) => ({ errors: [maskError(error)] }))
    const reply =
      result instanceof EventResults
        ? startStream(result, visit, identity)
        : toReply(result, accepted, { isRead })
    setBrowserCookie(reply, browser, { site, now: context.now() })
    return reply
  }

  function startStream(
    results: EventResults,
    { request, credentials }: Visit,
    { viewer, expiresAt }: Identity,
  ): Reply {
    try {
      // Not reached: every subscription requires a user or an operator.
      if (!viewer || viewer.kind === 'service') throw new TypeError('A subscriber is a person.')
      if (!acceptsEvents(request)) throw new NoEventsAccepted()
      const credential: StreamCredential = {
        // With a bearer token, the cookie is ignored.
        sessionSecret: credentials.authorization === null ? credentials.sessionSecret : undefined,
        expiresAt,
        isStillValid: () => isStillSignedIn(viewer, credentials, options),
      }
      const { externalUserId } = viewer
      const body = streams.open({ externalUserId, results, credential })
      return { status: 200, headers: { ...STREAM_HEADERS }, body }
    } catch (error) {
      void results.return()
      throw error
    }
  }

  const graphiql = createGraphiql(pathTo(site.basePath, '/graphql'))
  const showGraphiql = ({ request }: Visit) =>
    wantsGraphiql(request) ? graphiql(request) : refuseGet()

  return { GET: limits.introspection ? showGraphiql : undefined, POST: operate }
}

const STREAM_HEADERS = {
  'content-type': `${EVENTS}; charset=utf-8`,
  'cache-control': 'no-store, no-transform',
  // Without it, nginx buffers events.
  'x-accel-buffering': 'no',
}

class NoEventsAccepted extends Refusal {
  readonly status = 406
  readonly headers = {}
  constructor() {
    super(`Subscribe with “accept: ${EVENTS}”.`)
  }
}

function acceptsEvents({ headers }: Request): boolean {
  return /text\/event-stream|\*\/\*/.test(headers.get('accept') || '*/*')
}

function refuseGet(): Reply {
  return sentence(405, 'Send operations with POST, or open this URL in a browser for GraphiQL.', {
    allow: 'OPTIONS, POST',
  })
}
