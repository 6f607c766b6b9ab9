import { cacheExchange, Client, fetchExchange, mapExchange, type Operation } from 'urql'
import { ReloadMerger } from './reload-merger.ts'
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
      const response = await fetch(url, init)
      if (response.status === OTHER_VIEWER) watch.rejected()
      return explain(response)
    },
    exchanges: [
      cacheExchange,
      // After the cache: only for what is sent and received.
      mapExchange({
        onOperation: (operation) => {
          const sent = sendHash(operation)
          const { reloads } = sent.context
          return sent.kind === 'query' && reloads instanceof ReloadMerger
            ? reloads.delay(sent)
            : sent
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

/** Sends the SHA-256 of an operation that `build/compile-documents.ts` has compiled; in development, its text. */
function sendHash(operation: Operation): Operation {
  if (!('documentId' in operation.query)) return operation
  const persistedQuery = { version: 1, sha256Hash: operation.query.documentId } as const
  return { ...operation, extensions: { ...operation.extensions, persistedQuery } }
}

// For a response that isn't GraphQL, urql keeps the status line and drops the message in the body.
async function explain(response: Response): Promise<Response> {
  const sentence = response.ok ? undefined : await readServerSentence(response.clone())
  if (sentence !== undefined) throw new ServerSentence(sentence)
  return response
}
