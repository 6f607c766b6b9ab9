// The server door as the examples get it: the real one, save that every client talks to the scripted API.
import type { PipedreamClient, PipedreamClientOptions } from '../src/server.ts'
import { answerExample } from './example-api.ts'
import { accessToken, SECRETS, type StubRequest, stubPipedream } from './stub-pipedream.ts'

export * from '../src/server.ts'

/** What the examples asked so far, access tokens included. */
export const requests: StubRequest[] = []

/** The environment variables that the examples read. */
export const ENVIRONMENT = {
  PIPEDREAM_CLIENT_ID: SECRETS.clientId,
  PIPEDREAM_CLIENT_SECRET: SECRETS.clientSecret,
  PIPEDREAM_PROJECT_ID: 'proj_stub',
  SLACK_CLIENT_ID: '111.222',
  SLACK_CLIENT_SECRET: 'example-not-real',
}

/** Keeps every option but where requests go. */
export function createPipedreamClient(options: PipedreamClientOptions): PipedreamClient {
  const { fetch: _fetch, baseUrl: _baseUrl, ...kept } = options
  return stubPipedream({ ...kept, onCall, onToken, onElsewhere }).client
}

function onCall(request: StubRequest): Response {
  requests.push(request)
  return answerExample(request)
}

/** Workflows. */
function onElsewhere(request: StubRequest): Response {
  requests.push(request)
  return Response.json({ received: true })
}

function onToken(request: StubRequest): Response {
  requests.push(request)
  return Response.json(accessToken('access-1'))
}

/** What an example means by `pipedream` when it does not make a client of its own. */
export const pipedream = createPipedreamClient({
  ...SECRETS,
  projectId: 'proj_stub',
  projectEnvironment: 'development',
})
