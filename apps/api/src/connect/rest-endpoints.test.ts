import { expect, test } from 'vitest'
import { sha256 } from '../store/secrets.ts'
import { createEvents } from '../store/events.ts'
import { openDatabase } from '../store/open-database.ts'
import type { ServerDeps } from '../server.ts'
import { createTestGateway, testLimits } from '../../test/fixtures/create-test-gateway.ts'
import type { Person } from '../../test/fixtures/create-person.ts'

const KEY = 'emulator-service-key-for-these-tests'

async function createGatewayWithService(overrides: Partial<ServerDeps> = {}) {
  const database = await openDatabase(':memory:')
  const gateway = await createTestGateway({ database, serviceKeyHash: sha256(KEY), ...overrides })
  const withBearer = (bearer: string): Person => {
    const person = gateway.browser()
    person.headers.authorization = `Bearer ${bearer}`
    return person
  }
  const events = createEvents(database, () => new Date())
  return { ...gateway, events, database, withBearer, service: withBearer(KEY) }
}

async function json(response: Response | Promise<Response>): Promise<Record<string, unknown>> {
  return (await response).json()
}

const aSentence = { error: expect.stringMatching(/^\S.+\.$/) }

test('a user gets a connect token for themselves, and owns what it connects', async () => {
  const gateway = await createGatewayWithService()
  const ada = await gateway.signIn('ada')
  const response = await ada.post('/api/connect-token', {})
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  const body = await json(response)
  expect(Object.keys(body).toSorted()).toEqual(['connect_link_url', 'expires_at', 'token'])
  expect(new Date(String(body.expires_at)).toISOString()).toBe(body.expires_at)
  expect(URL.canParse(String(body.connect_link_url))).toBe(true)
  const id = await ada.typeKey(String(body.token), 'openai')
  expect(await ada.accountIds()).toEqual([id])
  expect(await gateway.events.listAfter({ externalUserId: 'ada', limit: 9 })).toMatchObject([
    { type: 'connect_token_created', viewerKind: 'user', app: null },
    { type: 'flow_succeeded', accountId: id },
  ])
})

test('the link contains the app, if one is named', async () => {
  const gateway = await createGatewayWithService()
  const ada = await gateway.signIn('ada')
  const body = await json(ada.post('/api/connect-token', { app: 'slack' }))
  expect(new URL(String(body.connect_link_url)).searchParams.get('app')).toBe('slack')
  expect((await ada.post('/api/connect-token', { app: 'nope' })).status).toBe(400)
})

test.each([
  [{ external_user_id: 'mallory' }, 403],
  [{ external_user_id: 'ada' }, 403],
  [{ externalUserId: 'mallory' }, 400],
  [{ external_user_id: 7 }, 400],
  [{ app: ['slack'] }, 400],
  [[], 400],
  [null, 400],
])('a user who sends %j is rejected', async (body, status) => {
  const gateway = await createGatewayWithService()
  const response = await (await gateway.signIn('ada')).post('/api/connect-token', body)
  expect(response.status).toBe(status)
  expect(await response.json()).toEqual(aSentence)
})

test('a service must name the user', async () => {
  const { service, signIn, events } = await createGatewayWithService()
  const asked = await service.post('/api/connect-token', { external_user_id: 'grace' })
  const { token } = await json(asked)
  const id = await service.typeKey(String(token), 'openai')
  expect(asked.status).toBe(200)
  expect(await (await signIn('grace')).accountIds()).toEqual([id])
  expect(await events.listAfter({ externalUserId: 'grace', limit: 9 })).toMatchObject([
    { type: 'connect_token_created', viewerKind: 'service' },
    { type: 'flow_succeeded', accountId: id },
  ])
  for (const external_user_id of [undefined, null, ' ', '\uD800', 'x'.repeat(251)]) {
    const response = await service.post('/api/connect-token', { external_user_id })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual(aSentence)
  }
})

test('services and operators get an access token, and the log records who did', async () => {
  const gateway = await createGatewayWithService()
  const olga = await gateway.signIn('olga', 'operator')
  for (const trusted of [olga, gateway.service]) {
    const response = await trusted.post('/api/oauth-token', { grant_type: 'client_credentials' })
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toMatchObject({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: expect.any(Number),
    })
  }
  expect(await gateway.events.listAllAfter({ limit: 9 })).toMatchObject([
    { type: 'access_token_created', viewerKind: 'operator', externalUserId: 'olga' },
    { type: 'access_token_created', viewerKind: 'service', externalUserId: null },
  ])
})

test('users get no access token, and the attempt is recorded', async () => {
  const gateway = await createGatewayWithService()
  const response = await (await gateway.signIn('ada')).post('/api/oauth-token', {})
  expect(response.status).toBe(403)
  expect(await response.json()).toEqual(aSentence)
  expect(await gateway.events.listAllAfter({ limit: 9 })).toMatchObject([
    { type: 'access_token_refused', externalUserId: 'ada' },
  ])
  for (const path of ['/api/oauth-token', '/api/connect-token']) {
    expect((await gateway.browser().post(path, {})).status).toBe(401)
  }
})

test('the older two-step form: the access token is the bearer token of the second request', async () => {
  const { service, withBearer } = await createGatewayWithService()
  const { access_token } = await json(service.post('/api/oauth-token', {}))
  const second = withBearer(String(access_token))
  expect((await second.post('/api/connect-token', { external_user_id: 'ada' })).status).toBe(200)
  expect((await second.post('/api/connect-token', {})).status).toBe(400)
})

test.each(['*', ' * ', 'connect:accounts:read *'])(
  'the scope “%s” means full access, like no scope, and the response repeats it',
  async (scope) => {
    const { service, signIn, withBearer } = await createGatewayWithService()
    for (const trusted of [service, await signIn('olga', 'operator')]) {
      const body = await json(trusted.post('/api/oauth-token', { scope }))
      expect(body.scope).toBe(scope)
      const second = withBearer(String(body.access_token))
      const response = await second.post('/api/connect-token', { external_user_id: 'ada' })
      expect(response.status).toBe(200)
    }
  },
)

test('the granted scope counts, not the requested one', async () => {
  const { service, withBearer, intercept } = await createGatewayWithService()
  intercept(({ url }) =>
    url.endsWith('/oauth/token')
      ? Response.json({
          access_token: 'emulator-narrow-token',
          token_type: 'Bearer',
          expires_in: 3600,
          scope: 'connect:accounts:read',
        })
      : undefined,
  )
  const body = await json(service.post('/api/oauth-token', { scope: '*' }))
  expect(body.scope).toBe('connect:accounts:read')
  const second = withBearer(String(body.access_token))
  expect((await second.post('/api/connect-token', { external_user_id: 'ada' })).status).toBe(401)
})

test('`curl -d` with a bearer token needs no content type, because no page can send one cross-site', async () => {
  const { server } = await createGatewayWithService()
  const send = (body: string) =>
    server.fetch(
      new Request('http://localhost:3000/api/connect-token', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${KEY}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body,
      }),
    )
  expect((await send('{"external_user_id": "612f545d-356b-466b-bf2a-1e85a40d494a"}')).status).toBe(
    200,
  )
  const form = await send('external_user_id=ada')
  expect(form.status).toBe(400)
  expect(await form.json()).toEqual(aSentence)
})

test('an error names the next step: how to sign in, which bearer tokens are accepted, what a page calls', async () => {
  const { browser, withBearer, signIn } = await createGatewayWithService()
  for (const path of ['/api/oauth-token', '/api/connect-token']) {
    const anonymous = await browser().post(path, {})
    expect(anonymous.status).toBe(401)
    expect(await anonymous.json()).toEqual({
      error:
        'Not signed in. Servers: send `Authorization: Bearer <SERVICE_KEY>`. Pages: sign the user in first. See docs/integrating.md.',
    })
    const unknown = await withBearer('emulator-unknown-bearer').post(path, {})
    expect(unknown.status).toBe(401)
    expect(unknown.headers.get('www-authenticate')).toContain('invalid_token')
    const { error } = await json(unknown)
    expect(error).toContain(path)
    for (const name of ['SERVICE_KEY', 'AUTH_JWKS_URL']) expect(error).toContain(name)
  }
  const graphql = withBearer('emulator-unknown-bearer').post('/graphql', { query: '{ viewer }' })
  expect(await (await graphql).text()).toContain('SERVICE_KEY')
  const page = await (await signIn('ada')).post('/api/oauth-token', { scope: '*' })
  expect(page.status).toBe(403)
  expect(await page.json()).toEqual({
    error:
      'Pages cannot get an access token, because it gives access to the whole workspace. Call /api/connect-token instead; it needs only the signed-in user’s session.',
  })
})

test('`curl -d` without credentials gets an error that names the service key', async () => {
  const { server } = await createGatewayWithService()
  const response = await server.fetch(
    new Request('http://localhost:3000/api/oauth-token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: '{"scope": "*"}',
    }),
  )
  expect(response.status).toBe(401)
  expect((await response.json()).error).toContain('SERVICE_KEY')
})

test('a scope that Pipedream does not know is the caller’s error', async () => {
  const { service, intercept } = await createGatewayWithService()
  const unknown = await service.post('/api/oauth-token', { scope: 'connect:nope' })
  expect(unknown.status).toBe(400)
  expect((await unknown.json()).error).toContain('connect:nope')
  intercept(() => Response.json({ error: 'invalid_request' }, { status: 400 }))
  expect((await service.post('/api/oauth-token', {})).status).toBe(502)
})

test('a service that names no user gets the same error in every form', async () => {
  const { service } = await createGatewayWithService()
  const left = await service.post('/api/connect-token', {})
  const { error } = await json(left)
  for (const external_user_id of [null, '', ' ']) {
    expect(await json(service.post('/api/connect-token', { external_user_id }))).toEqual({ error })
  }
})

test('an access token works for no other endpoint', async () => {
  const { service, withBearer } = await createGatewayWithService()
  const { access_token } = await json(service.post('/api/oauth-token', {}))
  const second = withBearer(String(access_token))
  expect((await second.post('/api/oauth-token', {})).status).toBe(401)
  expect((await second.post('/graphql', { query: '{ viewer { kind } }' })).status).toBe(401)
})

test('an access token that Pipedream issued to another program is rejected', async () => {
  const { emulator, withBearer } = await createGatewayWithService()
  const { clientId, clientSecret } = emulator.credentials
  const response = await emulator.fetch(
    new Request('http://localhost:4010/v1/oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }),
    }),
  )
  const { access_token } = await json(response)
  const stranger = withBearer(String(access_token))
  const refused = await stranger.post('/api/connect-token', { external_user_id: 'ada' })
  expect(refused.status).toBe(401)
  expect(await refused.json()).toEqual(aSentence)
})

test('an access token with a narrower scope is rejected', async () => {
  const { service, withBearer } = await createGatewayWithService()
  const { access_token } = await json(
    service.post('/api/oauth-token', { scope: 'connect:accounts:read' }),
  )
  const second = withBearer(String(access_token))
  expect((await second.post('/api/connect-token', { external_user_id: 'ada' })).status).toBe(401)
})

test('an expired access token is rejected', async () => {
  let time = Date.now()
  const { service, withBearer } = await createGatewayWithService({ now: () => new Date(time) })
  const { access_token, expires_in } = await json(service.post('/api/oauth-token', {}))
  time += (Number(expires_in) + 60) * 1000
  const second = withBearer(String(access_token))
  expect((await second.post('/api/connect-token', { external_user_id: 'ada' })).status).toBe(401)
})

test('the database stores only hashes of access tokens', async () => {
  const { service, database } = await createGatewayWithService()
  const { access_token } = await json(service.post('/api/oauth-token', {}))
  const rows = await database.tables.selectFrom('access_tokens').selectAll().execute()
  expect(rows).toMatchObject([{ token_hash: sha256(String(access_token)) }])
  expect(JSON.stringify(rows)).not.toContain(access_token)
})

test('the endpoints return 404 when they are off', async () => {
  const { service, browser } = await createGatewayWithService({ restTokens: false })
  for (const path of ['/api/oauth-token', '/api/connect-token']) {
    for (const person of [service, browser()]) {
      const response = await person.post(path, {})
      expect(response.status).toBe(404)
      expect(await response.json()).toEqual(aSentence)
    }
  }
})

test.each(['/api/oauth-token', '/api/connect-token'])(
  '%s accepts JSON by POST, from allowed origins',
  async (path) => {
    const { server, service, signIn } = await createGatewayWithService()
    const send = (init: RequestInit) =>
      server.fetch(new Request(`http://localhost:3000${path}`, init))
    expect((await send({})).status).toBe(405)
    const { cookies } = await signIn('olga', 'operator')
    const cookie = `session=${cookies.get('session')}`
    const form = { method: 'POST', headers: { cookie }, body: new URLSearchParams() }
    expect((await send(form)).status).toBe(415)
    const headers = { 'content-type': 'application/json' }
    expect((await send({ method: 'POST', headers, body: '{' })).status).toBe(400)
    service.headers.origin = 'https://evil.example'
    expect((await service.post(path, {})).status).toBe(403)
    const preflight = await send({
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:3000',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    })
    expect(preflight.headers.get('access-control-allow-origin')).toBe('http://localhost:3000')
  },
)

test('a rate-limited caller gets “retry-after”', async () => {
  const rates = {
    ...testLimits.rates,
    take: async (name: string) => (name === 'connectToken' ? 1500 : undefined),
  }
  const { signIn } = await createGatewayWithService({ limits: { ...testLimits, rates } })
  const response = await (await signIn('ada')).post('/api/connect-token', {})
  expect(response.status).toBe(429)
  expect(response.headers.get('retry-after')).toBe('2')
  expect(await response.json()).toEqual(aSentence)
})

test('errors from Pipedream differ by whether and when a retry helps', async () => {
  const { signIn, intercept } = await createGatewayWithService()
  const ada = await signIn('ada')
  intercept(() =>
    Response.json({ error: 'Throttled' }, { status: 429, headers: { 'retry-after': '60' } }),
  )
  const busy = await ada.post('/api/connect-token', {})
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '60'])
  intercept(() => Response.json({ error: 'forbidden' }, { status: 403 }))
  const refused = await ada.post('/api/connect-token', {})
  expect(refused.status).toBe(502)
  expect(await refused.json()).toEqual(aSentence)
})
