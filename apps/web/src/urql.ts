import { cacheExchange, Client, fetchExchange, mapExchange } from 'urql'
import { ReloadMerger } from './reload-merger.ts'
import { sendHash } from './send-hash.ts'
import { traceparent } from './traceparent.ts'
import { basePath } from './ui/base-path.ts'
import { readServerSentence, ServerSentence } from './ui/server-sentence.ts'

/**
 * Creates a client with an empty cache. Sign-in and sign-out create a new one, so that data of one user is never shown to
 * the next. `onData` gets the data of every response first.
 */
export function createGraphqlClient(onData: (data: unknown) => void): Client {
  return new Client({
    url: `${basePath()}/graphql`,
    // Only POST: a GET would put the variables into logs, and other sites can make a browser send one.
    preferGetMethod: false,
    // Subscriptions use server-sent events.
    fetchSubscriptions: true,
    fetchOptions: () => ({
      credentials: 'same-origin',
      headers: { traceparent: traceparent() },
    }),
    fetch: fetchExplained,
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
        onResult: ({ data }) => onData(data),
      }),
      fetchExchange,
    ],
  })
}

// For a response that isn't GraphQL, urql keeps the status line and drops the message in the body.
async function fetchExplained(...[url, init]: Parameters<typeof fetch>): Promise<Response> {
  const body = init?.body
  const isListed = import.meta.env.PROD && typeof body === 'string'
  const response = await fetch(url, isListed ? { ...init, body: await sendHash(body) } : init)
  const sentence = response.ok ? undefined : await readServerSentence(response.clone())
  if (sentence !== undefined) throw new ServerSentence(sentence)
  return response
}
