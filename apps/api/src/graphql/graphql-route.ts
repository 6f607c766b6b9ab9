import { createYoga } from 'graphql-yoga'
import { createBrowser, withBrowserCookie } from '../auth/cookies.ts'
import { isStillSignedIn, readIdentity, type ViewerSources } from '../auth/viewer.ts'
import type { Context } from '../context.ts'
import { pathTo } from '../http/routes.ts'
import { keepsCookies, withCors } from '../http/cross-origin.ts'
import { countViewer } from '../http/rate-limits.ts'
import { isJson, refuse, refuseOtherThanJson, sentence } from '../http/responses.ts'
import type { Route, Visit } from '../http/router.ts'
import type { Site } from '../http/site.ts'
import type { EventStreams } from '../live/event-streams.ts'
import { useLiveEvents } from '../live/use-live-events.ts'
import type { Tracing } from '../observability/observe.ts'
import type { Limits } from '../open-limits.ts'
import { callAsViewer } from '../pipedream/upstream-caller.ts'
import { createGraphiql, wantsGraphiql } from './graphiql.ts'
import { maskError } from './mask-error.ts'
import { boundErrors, boundOperations, observeOperations, refuseByStatus } from './plugins.ts'
import { schema } from './schema/index.ts'
import { useTrustedDocuments } from './trusted-documents.ts'

/** What the GraphQL route needs. */
export interface GraphqlOptions extends ViewerSources {
  context: Omit<Context, 'viewer' | 'browser' | 'live'>
  streams: EventStreams
  tracing: Tracing
  /** Origins of pages that may call this gateway. */
  allowedOrigins: readonly string[]
  site: Site
  limits: Limits
}

/** `/graphql`: GraphiQL for browsers, the API for all other clients. */
export function createGraphqlRoute(options: GraphqlOptions): Route {
  const { context, streams, tracing, allowedOrigins, site, limits } = options
  const yoga = createYoga<Context>({
    schema,
    graphiql: false,
    landingPage: false,
    logging: false,
    multipart: false,
    // The body is already in memory, and its size was checked.
    maxRequestBodySize: false,
    cors: false,
    maskedErrors: { maskError },
    plugins: [
      useTrustedDocuments(limits.trustedDocuments),
      // Only the web build's own operations can reach the parser then, and they are within any sensible bounds.
      limits.trustedDocuments.only ? {} : boundOperations(limits.operations),
      boundErrors(limits),
      refuseByStatus(),
      observeOperations(tracing),
      useLiveEvents(streams, context),
    ],
  })

  async function operate({ request, credentials }: Visit): Promise<Response> {
    if (!isJson(request)) return refuseOtherThanJson()
    const browser = createBrowser(credentials.browserSecret, {
      keepsCookies: keepsCookies(request),
    })
    const identity = await readIdentity(credentials, options).catch(refuse)
    if (identity instanceof Response) return identity
    const { viewer, expiresAt } = identity
    const refusal = await countViewer(viewer, limits.rates).catch(refuse)
    if (refusal instanceof Response) return refusal
    const operation = {
      ...context,
      viewer,
      browser,
      live: {
        broker: streams.broker,
        lastEventId: request.headers.get('last-event-id') ?? undefined,
        credential: {
          // With a bearer token, the cookie is ignored.
          sessionSecret: credentials.authorization === null ? credentials.sessionSecret : undefined,
          expiresAt,
          isStillValid: () => isStillSignedIn(viewer, credentials, options),
        },
      },
    }
    const response = await callAsViewer(viewer, () => yoga.fetch(request, operation))
    return withBrowserCookie(response, browser, { site, now: context.now() })
  }

  const graphiql = createGraphiql(pathTo(site.basePath, '/graphql'))
  const showGraphiql = ({ request }: Visit) =>
    wantsGraphiql(request) ? graphiql(request) : refuseGet()

  return {
    GET: limits.introspection ? showGraphiql : undefined,
    POST: operate,
    finish: (response, request) => withCors(response, request, allowedOrigins),
  }
}

function refuseGet(): Response {
  const response = sentence(
    405,
    'Send operations with POST, or open this URL in a browser for GraphiQL.',
  )
  response.headers.set('allow', 'OPTIONS, POST')
  return response
}
