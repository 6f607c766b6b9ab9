import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Database, openDatabase } from '../store/open-database.ts'
import {
  createTestGateway,
  type TestGateway,
  testLimits,
} from '../../test/fixtures/create-test-gateway.ts'
import type { WebFiles } from './web-files.ts'

const PAGE = 'http://localhost:3000'
const BYTES = new TextEncoder().encode('something')
const FILE = { etag: '"something"', plain: BYTES, zipped: BYTES }
const webFiles: WebFiles = new Map([
  ['/index.html', { ...FILE, type: 'text/html' }],
  ['/assets/main-abc.js', { ...FILE, type: 'text/javascript' }],
])

type Send = (path: string, init?: RequestInit) => Promise<Response>

const asHtml = { headers: { accept: 'text/html' } }
const post = (body: unknown, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
const query = (text: string, headers?: Record<string, string>) => post({ query: text }, headers)

interface Scene {
  send: Send
  gateway: TestGateway
  database: Database
  /** From now on all requests are over the limit. */
  exhaust: () => void
}

/** Every way in which a request is answered. */
const RESPONSES: [what: string, status: number, ask: (scene: Scene) => Promise<Response>][] = [
  ['the page', 200, ({ send }) => send('/accounts', asHtml)],
  ['an asset', 200, ({ send }) => send('/assets/main-abc.js')],
  [
    'an asset that the browser has',
    304,
    ({ send }) => send('/assets/main-abc.js', { headers: { 'if-none-match': FILE.etag } }),
  ],
  ['an asset that is missing', 404, ({ send }) => send('/assets/nothing.js')],
  ['a page by another name', 307, ({ gateway }) => gateway.server.fetch(OTHER_NAME)],
  ['GraphiQL', 200, ({ send }) => send('/graphql', asHtml)],
  ['a query', 200, ({ send }) => send('/graphql', query('{ viewer { kind } }'))],
  ['an invalid query', 400, ({ send }) => send('/graphql', query('{ nothing }'))],
  ['a query by GET', 405, ({ send }) => send('/graphql?query={viewer{kind}}')],
  [
    'a subscription in JSON',
    406,
    async ({ gateway }) => {
      const ada = await gateway.signIn('ada')
      return ada.post('/graphql', { query: SUBSCRIPTION }, { accept: 'application/json' })
    },
  ],
  [
    'a form',
    415,
    ({ send }) => send('/graphql', { method: 'POST', body: new URLSearchParams({ query: '{}' }) }),
  ],
  [
    'a body that is too large',
    413,
    ({ send }) => send('/graphql', query(' '.repeat(testLimits.body.bytes))),
  ],
  [
    'a preflight',
    204,
    ({ send }) => send('/graphql', { method: 'OPTIONS', headers: { origin: PAGE } }),
  ],
  [
    'another site’s page',
    403,
    ({ send }) =>
      send('/graphql', query('{ viewer { kind } }', { origin: 'https://evil.example' })),
  ],
  [
    'an unknown bearer token',
    401,
    ({ send }) => send('/graphql', query('{ viewer { kind } }', { authorization: 'Bearer x' })),
  ],
  [
    'too many requests',
    429,
    async ({ send, exhaust }) => {
      exhaust()
      return send('/graphql', query('{ viewer { kind } }'))
    },
  ],
  [
    'an operation that breaks',
    200,
    async ({ gateway, database }) => {
      const ada = await gateway.signIn('ada')
      await database.tables.schema.dropTable('flows').execute()
      return ada.post('/graphql', { query: `{ flow(id: "${randomUUID()}") { id } }` })
    },
  ],
  [
    'a route that breaks',
    500,
    async ({ send, database }) => {
      await database.tables.schema.dropTable('flows').execute()
      return send(`/connect/finish/${SECRET}`)
    },
  ],
  [
    'a stream of events',
    200,
    async ({ gateway }) => {
      const ada = await gateway.signIn('ada')
      const response = await ada.post('/graphql', { query: SUBSCRIPTION }, EVENT_STREAM)
      await response.body?.cancel()
      return response
    },
  ],
  ['sign-in', 204, ({ send }) => send('/auth/demo', post({ externalUserId: 'ada', role: 'user' }))],
  ['a sign-in without a name', 400, ({ send }) => send('/auth/demo', post({}))],
  ['sign-out', 204, ({ send }) => send('/auth/sign-out', post({}))],
  ['a webhook', 404, ({ send }) => send(`/webhooks/pipedream/${SECRET}`, post({}))],
  ['the return link of an unknown flow', 404, ({ send }) => send(`/connect/finish/${SECRET}`)],
  ['a REST endpoint, anonymous', 401, ({ send }) => send('/api/connect-token', post({}))],
  ['a REST endpoint by GET', 405, ({ send }) => send('/api/connect-token')],
  [
    'a REST endpoint without credentials',
    401,
    ({ send }) => send('/api/oauth-token', { method: 'POST' }),
  ],
  [
    'a REST endpoint for a different user',
    403,
    async ({ gateway }) => (await gateway.signIn('ada')).post('/api/oauth-token', {}),
  ],
  [
    'a REST endpoint while Pipedream is down',
    503,
    async ({ gateway }) => {
      const ada = await gateway.signIn('ada')
      gateway.intercept(() => new Response('{}', { status: 503 }))
      return ada.post('/api/connect-token', {})
    },
  ],
  [
    'a REST endpoint',
    200,
    async ({ gateway }) => (await gateway.signIn('ada')).post('/api/connect-token', {}),
  ],
  ['life', 200, ({ send }) => send('/health/live')],
  ['readiness', 200, ({ send }) => send('/health/ready')],
  [
    'readiness of one that stops',
    503,
    async ({ send, gateway }) => {
      gateway.server.drain()
      return send('/health/ready')
    },
  ],
  ['metrics', 200, ({ send }) => send('/metrics')],
  ['metrics by a stranger', 403, ({ gateway }) => gateway.server.fetch(METRICS, STRANGER)],
]

const SECRET = 'x'.repeat(43)
const SUBSCRIPTION = 'subscription { connectionEvents { __typename } }'
const EVENT_STREAM = { accept: 'text/event-stream' }
const OTHER_NAME = new Request('http://127.0.0.1:3000/accounts', asHtml)
const METRICS = new Request(`${PAGE}/metrics`)
const STRANGER = { remoteAddress: '203.0.113.7' }

test.each(RESPONSES)(
  '%s (%i): no framing, no type sniffing, no referrer',
  async (_what, status, ask) => {
    let isExhausted = false
    const rates = { ...testLimits.rates, take: async () => (isExhausted ? 1000 : undefined) }
    const database = await openDatabase(':memory:')
    const gateway = await createTestGateway({
      database,
      webFiles,
      limits: { ...testLimits, rates },
    })
    const response = await ask({
      gateway,
      database,
      send: (path, init) => gateway.server.fetch(new Request(`${PAGE}${path}`, init)),
      exhaust: () => void (isExhausted = true),
    })
    const { headers } = response
    expect(response.status).toBe(status)
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin-allow-popups')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('permissions-policy')).toContain('camera=()')
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  },
)

const get = async (path: string, publicUrl = PAGE) => {
  const { server } = await createTestGateway({ publicUrl, demoSignIn: undefined })
  return (await server.fetch(new Request(`${publicUrl}${path}`, asHtml))).headers
}

test('the page runs no script but its own, and frames the connect page alone', async () => {
  const policy = (await get('/')).get('content-security-policy')?.split('; ') ?? []
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain('frame-src http://localhost:4010')
  expect(policy.filter((part) => /script-src|unsafe-eval/.test(part))).toEqual([])
})

test.each(['/', '/accounts', '/graphql', `/connect/finish/${'a'.repeat(43)}`])(
  'at %s foreign markup can set neither a base URL nor the target of a form',
  async (path) => {
    const policy = (await get(path)).get('content-security-policy')?.split('; ') ?? []
    expect(policy).toContain("base-uri 'none'")
    expect(policy).toContain("form-action 'self'")
  },
)

test('the provider’s pop-up keeps its opener', async () => {
  expect((await get('/')).get('cross-origin-opener-policy')).toBe('same-origin-allow-popups')
})

test('browsers come back by https where we are reached so', async () => {
  expect((await get('/')).has('strict-transport-security')).toBe(false)
  const secure = await get('/', 'https://connect.example.com')
  expect(secure.get('strict-transport-security')).toMatch(/^max-age=\d{8}$/)
})
