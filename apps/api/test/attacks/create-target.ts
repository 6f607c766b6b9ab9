import { openRateLimits } from '../../src/http/rate-limits.ts'
import type { Peer } from '../../src/http/site.ts'
import { readWebFiles } from '../../src/http/web-files.ts'
import { sha256 } from '../../src/store/secrets.ts'
import { createIssuer, type Issuer } from '../fixtures/create-issuer.ts'
import type { Person } from '../fixtures/create-person.ts'
import { createTestGateway, type TestGateway, testLimits } from '../fixtures/create-test-gateway.ts'
import { createVerifyJwt } from '../../src/auth/verify-jwt.ts'

export const HOME = 'http://localhost:3000'

/** The options of one request. */
export interface Sent {
  method?: string
  headers?: Record<string, string> | [string, string][]
  body?: string | Uint8Array<ArrayBuffer> | ReadableStream | URLSearchParams | FormData
  /** Whose cookies it carries. */
  as?: Person
  peer?: Peer
}

/** A gateway with a victim, an attacker who is a legitimate user, and everything that must not get out. */
export interface Target {
  gateway: TestGateway
  issuer: Issuer
  serviceKey: string
  /** Has an account, and a flow that is open. */
  ada: Person
  adaAccount: string
  adaFlow: string
  /** The attacker: signed in as a different user. */
  mallory: Person
  malloryAccount: string
  operator: Person
  /** Sends anything. */
  send: (path: string, sent?: Sent) => Promise<Response>
  /** Sends an operation, as the attacker where nothing else is said. */
  ask: (query: unknown, variables?: unknown, sent?: Sent) => Promise<Response>
  /** Sends a body to `/graphql` as the attacker. */
  post: (body: string, sent?: Sent) => Promise<Response>
  /** The addresses that Pipedream was given with the last connect token. */
  lastAddresses: () => { webhookUri?: string; finishUri?: string }
  /** What must never be in a response to another user, nor in a log. */
  secrets: () => string[]
}

export async function createTarget(webFolder: string): Promise<Target> {
  const serviceKey = 'service-key-for-tests-'.repeat(2)
  const issuer = await createIssuer()
  const gateway = await createTestGateway({
    serviceKeyHash: sha256(serviceKey),
    verifyJwt: createVerifyJwt(issuer.auth, { fetch: issuer.fetch }),
    webFiles: await readWebFiles(webFolder, {
      basePath: '',
      signIn: 'open',
      testUserId: 'demo-user',
      quickApps: [],
    }),
    limits: {
      ...testLimits,
      rates: await openRateLimits(
        { address: undefined, person: 5000, service: 5000, connectToken: 500 },
        ':memory:',
      ),
    },
  })
  let addresses = {}
  gateway.intercept(async (request) => {
    if (!request.url.endsWith('/tokens')) return undefined
    const { webhook_uri: webhookUri, success_redirect_uri: finishUri } = await request
      .clone()
      .json()
    addresses = { webhookUri, finishUri }
    return undefined
  })
  const ada = await gateway.signIn('ada')
  const adaAccount = await ada.connectOpenai()
  const { token, flowId: adaFlow } = await ada.startConnecting('openai')
  const mallory = await gateway.signIn('mallory')
  const malloryAccount = await mallory.connectOpenai()
  const operator = await gateway.signIn('olga', 'operator')

  const send: Target['send'] = async (path, { as, headers = {}, peer, ...init } = {}) => {
    const all = new Headers(headers)
    const cookie = as && [...as.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    if (cookie && !all.has('cookie')) all.set('cookie', cookie)
    // @ts-expect-error Streams need `duplex`, and the types do not know it.
    const request = new Request(`${HOME}${path}`, { ...init, headers: all, duplex: 'half' })
    return gateway.server.fetch(request, peer)
  }
  const post: Target['post'] = (body, sent = {}) =>
    send('/graphql', {
      method: 'POST',
      as: mallory,
      ...sent,
      headers: {
        'content-type': 'application/json',
        ...Object.fromEntries(new Headers(sent.headers)),
      },
      body,
    })
  return {
    gateway,
    issuer,
    serviceKey,
    ada,
    adaAccount,
    adaFlow,
    mallory,
    malloryAccount,
    operator,
    send,
    post,
    ask: (query, variables, sent) => post(JSON.stringify({ query, variables }), sent),
    lastAddresses: () => addresses,
    secrets: () => [
      ...ada.cookies.values(),
      ...operator.cookies.values(),
      serviceKey,
      token,
      gateway.emulator.credentials.clientSecret,
    ],
  }
}
