import { cacheExchange, Client, fetchExchange, mapExchange } from 'urql'
import { ReloadMerger } from './reload-merger.ts'
import { sendHash } from './send-hash.ts'
import { traceparent } from './traceparent.ts'
import { basePath } from './ui/base-path.ts'
import { readServerSentence, ServerSentence } from './ui/server-sentence.ts'
import type { ViewerWatch } from './viewer/viewer-watch.ts'

/**
 * Creates a client with an empty cache. Sign-in and sign-out create a new one, so that data of one user is never shown to
 * the next. `watch` reads every response first. Each request names the user whom the page shows, so that the gateway does
 * nothing for another user, who may have signed in with the same cookie since.
 */
export function createGraphqlClient(watch: ViewerWatch): Client {
  return new Client({
    url: `${basePath()}/graphql`,
    // Only POST: a GET would put the variables into logs, and other sites can make a browser send one.
    preferGetMethod: false,
    // Subscriptions use server-sent events.
    fetchSubscriptions: true,
    fetchOptions: () => ({
      credentials: 'same-origin',
      headers: { traceparent: traceparent(), ...expectedViewer(watch) },
    }),
    fetch: async (url, init) => {
      const response = await fetchListed(url, init)
      if (response.status === OTHER_VIEWER) watch.rejected()
      return explain(response)
    },
    exchanges: [
      cacheExchange,
      // After the cache: only for what is sent and received.
      mapExchange({
        onOperation: (operation) => {
          const { reloads } = operation.context
          return operation.kind === 'query' && reloads instanceof ReloadMerger
            ? reloads.delay(operation)
            : operation
        },
        onResult: ({ data }) => watch.read(data),
      }),
      fetchExchange,
    ],
  })
}

const OTHER_VIEWER = 409

// Until the gateway says who is signed in, the page shows no one, and any user may be signed in.
function expectedViewer({ shownUserId }: ViewerWatch): Record<string, string> {
  return shownUserId === undefined ? {} : { 'x-expected-viewer': encodeURIComponent(shownUserId) }
}

async function fetchListed(...[url, init]: Parameters<typeof fetch>): Promise<Response> {
  const body = init?.body
  const isListed = import.meta.env.PROD && typeof body === 'string'
  return fetch(url, isListed ? { ...init, body: await sendHash(body) } : init)
}

// For a response that isn't GraphQL, urql keeps the status line and drops the message in the body.
async function explain(response: Response): Promise<Response> {
  const sentence = response.ok ? undefined : await readServerSentence(response.clone())
  if (sentence !== undefined) throw new ServerSentence(sentence)
  return response
}
