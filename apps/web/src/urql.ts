import { cacheExchange, Client, fetchExchange, mapExchange } from 'urql'
import { sendHash } from './send-hash.ts'
import { traceparent } from './traceparent.ts'
import { basePath } from './ui/base-path.ts'
import { readServerSentence, ServerSentence } from './ui/server-sentence.ts'
import { Reloads } from './viewer/reloads.ts'

/**
 * A client with an empty cache. Sign-in and sign-out make a new one, so that nothing that belongs to one person
 * can ever be shown to the next. `onData` gets the data of every answer before anything else does.
 */
export function createGraphqlClient(onData: (data: unknown) => void): Client {
  return new Client({
    url: `${basePath()}/graphql`,
    // POST alone: a GET would put the variables into logs, and a cross-site page can make a browser send one.
    preferGetMethod: false,
    // Over server-sent events.
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
          return operation.kind === 'query' && reloads instanceof Reloads
            ? reloads.hold(operation)
            : operation
        },
        onResult: ({ data }) => onData(data),
      }),
      fetchExchange,
    ],
  })
}

// urql keeps the status line of an answer that is no GraphQL, and drops the sentence in its body.
async function fetchExplained(...[url, init]: Parameters<typeof fetch>): Promise<Response> {
  const body = init?.body
  const isListed = import.meta.env.PROD && typeof body === 'string'
  const response = await fetch(url, isListed ? { ...init, body: await sendHash(body) } : init)
  const sentence = response.ok ? undefined : await readServerSentence(response.clone())
  if (sentence !== undefined) throw new ServerSentence(sentence)
  return response
}
