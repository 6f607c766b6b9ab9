// The server entry point for the examples of the docs: the real one, except that every client calls the scripted API.
import type { PipedreamClient, PipedreamClientOptions } from '../src/server.ts'
import { respondToExample } from './example-api.ts'
import { accessToken, SECRETS, type StubRequest, stubPipedream } from './stub-pipedream.ts'

export * from '../src/server.ts'

/** Every request that the examples have sent, including those for access tokens. */
export const requests: StubRequest[] = []

/** The environment variables that the examples read. */
export const ENVIRONMENT = {
  PIPEDREAM_CLIENT_ID: SECRETS.clientId,
  PIPEDREAM_CLIENT_SECRET: SECRETS.clientSecret,
  PIPEDREAM_PROJECT_ID: 'proj_stub',
  SLACK_CLIENT_ID: '111.222',
  SLACK_CLIENT_SECRET: 'example-not-real',
}

/** Keeps all options except `fetch` and `baseUrl`. */
export function createPipedreamClient(options: PipedreamClientOptions): PipedreamClient {
  const { fetch: _fetch, baseUrl: _baseUrl, ...kept } = options
  return stubPipedream({ ...kept, onCall, onToken, onElsewhere }).client
}

function onCall(request: StubRequest): Response {
  requests.push(request)
  return respondToExample(request)
}

/** Calls of workflows. */
function onElsewhere(request: StubRequest): Response {
  requests.push(request)
  return Response.json({ received: true })
}

function onToken(request: StubRequest): Response {
  requests.push(request)
  return Response.json(accessToken('access-1'))
}

/** The client of examples that use `pipedream` without creating one. */
export const pipedream = createPipedreamClient({
  ...SECRETS,
  projectId: 'proj_stub',
  projectEnvironment: 'development',
})
