import { expect, test } from 'vitest'
import { sha256 } from '../store/sha256.ts'
import { createEvents } from '../store/events.ts'
import { openDatabase } from '../store/open-database.ts'
import type { ServerDeps } from '../server.ts'
import { createTestGateway, testLimits } from '../../test/fixtures/create-test-gateway.ts'
import type { Person } from '../../test/fixtures/create-person.ts'

const KEY = 'emulator-service-key-for-these-tests'

async function worldWithService(overrides: Partial<ServerDeps> = {}) {
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

async function json(answer: Response | Promise<Response>): Promise<Record<string, unknown>> {
  return (await answer).json()
}

const aSentence = { error: expect.stringMatching(/^\S.+\.$/) }

test('a person gets a connect token for themselves, and what it connects is theirs', async () => {
  const gateway = await worldWithService()
  const ada = await gateway.signIn('ada')
  const answer = await ada.post('/api/connect-token', {})
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const body = await json(answer)
  expect(Object.keys(body).toSorted()).toEqual(['connect_link_url', 'expires_at', 'token'])
  expect(new Date(String(body.expires_at)).toISOString()).toBe(body.expires_at)
  expect(URL.canParse(String(body.connect_link_url))).toBe(true)
  const id = await ada.typeKey(String(body.token), 'openai')
  expect(await ada.accountIds()).toEqual([id])
  expect(await gateway.events.listAfter({ externalUserId: 'ada', limit: 9 })).toMatchObject([
    { type: 'connect_token_created', viewerKind: 'user' },
  ])
})

test('an app, if one is named, is in the link', async () => {
  const gateway = await worldWithService()
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
])('a person who sends %j is refused', async (body, status) => {
  const gateway = await worldWithService()
  const answer = await (await gateway.signIn('ada')).post('/api/connect-token', body)
  expect(answer.status).toBe(status)
  expect(await answer.json()).toEqual(aSentence)
})

test('a service names the user, and must', async () => {
  const { service, signIn, events } = await worldWithService()
  const asked = await service.post('/api/connect-token', { external_user_id: 'grace' })
  const { token } = await json(asked)
  const id = await service.typeKey(String(token), 'openai')
  expect(asked.status).toBe(200)
  expect(await (await signIn('grace')).accountIds()).toEqual([id])
  expect(await events.listAfter({ externalUserId: 'grace', limit: 9 })).toMatchObject([
    { type: 'connect_token_created', viewerKind: 'service' },
  ])
  for (const external_user_id of [undefined, null, ' ', '\uD800', 'x'.repeat(251)]) {
    const answer = await service.post('/api/connect-token', { external_user_id })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toEqual(aSentence)
  }
})

test('services and operators get an access token, and it is known who did', async () => {
  const gateway = await worldWithService()
  const olga = await gateway.signIn('olga', 'operator')
  for (const trusted of [olga, gateway.service]) {
    const answer = await trusted.post('/api/oauth-token', { grant_type: 'client_credentials' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.json()).toMatchObject({
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

test('nobody else gets one, and the attempt is recorded', async () => {
  const gateway = await worldWithService()
  const answer = await (await gateway.signIn('ada')).post('/api/oauth-token', {})
  expect(answer.status).toBe(403)
  expect(await answer.json()).toEqual(aSentence)
  expect(await gateway.events.listAllAfter({ limit: 9 })).toMatchObject([
    { type: 'access_token_refused', externalUserId: 'ada' },
  ])
  for (const path of ['/api/oauth-token', '/api/connect-token']) {
    expect((await gateway.browser().post(path, {})).status).toBe(401)
  }
})

test('the older two steps: the access token is the bearer of the second', async () => {
  const { service, withBearer } = await worldWithService()
  const { access_token } = await json(service.post('/api/oauth-token', {}))
  const second = withBearer(String(access_token))
  expect((await second.post('/api/connect-token', { external_user_id: 'ada' })).status).toBe(200)
  expect((await second.post('/api/connect-token', {})).status).toBe(400)
})

test.each(['*', ' * ', 'connect:accounts:read *'])(
  'the scope “%s” is everything, so it counts like no scope, and the answer repeats it',
  async (scope) => {
    const { service, signIn, withBearer } = await worldWithService()
    for (const trusted of [service, await signIn('olga', 'operator')]) {
      const body = await json(trusted.post('/api/oauth-token', { scope }))
      expect(body.scope).toBe(scope)
      const second = withBearer(String(body.access_token))
      const answer = await second.post('/api/connect-token', { external_user_id: 'ada' })
      expect(answer.status).toBe(200)
    }
  },
)

test('what Pipedream grants counts, not what was asked for', async () => {
  const { service, withBearer, intercept } = await worldWithService()
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

test('`curl -d` needs no content type beside a bearer, for no page can send one unasked', async () => {
  const { server } = await worldWithService()
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

test('a refusal says the next step: how to sign in, which bearers count, what a page calls', async () => {
  const { browser, withBearer, signIn } = await worldWithService()
  for (const path of ['/api/oauth-token', '/api/connect-token']) {
    const nobody = await browser().post(path, {})
    expect(nobody.status).toBe(401)
    expect(await nobody.json()).toEqual({
      error:
        'Not signed in. A server sends `Authorization: Bearer <SERVICE_KEY>`; a page signs its user in first. See docs/integrating.md.',
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
      'An access token opens the whole workspace, so pages never get one. Call /api/connect-token alone: it knows who is signed in.',
  })
})

test('`curl -d` without credentials is told how to sign in', async () => {
  const { server } = await worldWithService()
  const answer = await server.fetch(
    new Request('http://localhost:3000/api/oauth-token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: '{"scope": "*"}',
    }),
  )
  expect(answer.status).toBe(401)
  expect((await answer.json()).error).toContain('SERVICE_KEY')
})

test('a scope that Pipedream does not know is the caller’s to mend', async () => {
  const { service, intercept } = await worldWithService()
  const unknown = await service.post('/api/oauth-token', { scope: 'connect:nope' })
  expect(unknown.status).toBe(400)
  expect((await unknown.json()).error).toContain('connect:nope')
  intercept(() => Response.json({ error: 'invalid_request' }, { status: 400 }))
  expect((await service.post('/api/oauth-token', {})).status).toBe(502)
})

test('a service that names nobody is told to, however it does not', async () => {
  const { service } = await worldWithService()
  const left = await service.post('/api/connect-token', {})
  const { error } = await json(left)
  for (const external_user_id of [null, '', ' ']) {
    expect(await json(service.post('/api/connect-token', { external_user_id }))).toEqual({ error })
  }
})

test('such a bearer opens nothing else of ours', async () => {
  const { service, withBearer } = await worldWithService()
  const { access_token } = await json(service.post('/api/oauth-token', {}))
  const second = withBearer(String(access_token))
  expect((await second.post('/api/oauth-token', {})).status).toBe(401)
  expect((await second.post('/graphql', { query: '{ viewer { kind } }' })).status).toBe(401)
})

test('an access token that we did not hand out is not believed, though Pipedream would', async () => {
  const { emulator, withBearer } = await worldWithService()
  const { clientId, clientSecret } = emulator.credentials
  const answer = await emulator.fetch(
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
  const { access_token } = await json(answer)
  const stranger = withBearer(String(access_token))
  const refused = await stranger.post('/api/connect-token', { external_user_id: 'ada' })
  expect(refused.status).toBe(401)
  expect(await refused.json()).toEqual(aSentence)
})

test('one that is narrower than everything is no bearer for the second step', async () => {
  const { service, withBearer } = await worldWithService()
  const { access_token } = await json(
    service.post('/api/oauth-token', { scope: 'connect:accounts:read' }),
  )
  const second = withBearer(String(access_token))
  expect((await second.post('/api/connect-token', { external_user_id: 'ada' })).status).toBe(401)
})

test('nor is one that has expired', async () => {
  let time = Date.now()
  const { service, withBearer } = await worldWithService({ now: () => new Date(time) })
  const { access_token, expires_in } = await json(service.post('/api/oauth-token', {}))
  time += (Number(expires_in) + 60) * 1000
  const second = withBearer(String(access_token))
  expect((await second.post('/api/connect-token', { external_user_id: 'ada' })).status).toBe(401)
})

test('the database holds hashes of access tokens alone', async () => {
  const { service, database } = await worldWithService()
  const { access_token } = await json(service.post('/api/oauth-token', {}))
  const rows = await database.tables.selectFrom('access_tokens').selectAll().execute()
  expect(rows).toMatchObject([{ token_hash: sha256(String(access_token)) }])
  expect(JSON.stringify(rows)).not.toContain(access_token)
})

test('they do not exist where they are off', async () => {
  const { service, browser } = await worldWithService({ restTokens: false })
  for (const path of ['/api/oauth-token', '/api/connect-token']) {
    for (const person of [service, browser()]) {
      const answer = await person.post(path, {})
      expect(answer.status).toBe(404)
      expect(await answer.json()).toEqual(aSentence)
    }
  }
})

test.each(['/api/oauth-token', '/api/connect-token'])(
  '%s takes JSON by POST, from pages that may call us',
  async (path) => {
    const { server, service, signIn } = await worldWithService()
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

test('who asks too often is told when to come back', async () => {
  const rates = {
    ...testLimits.rates,
    take: async (name: string) => (name === 'connectToken' ? 1500 : undefined),
  }
  const { signIn } = await worldWithService({ limits: { ...testLimits, rates } })
  const answer = await (await signIn('ada')).post('/api/connect-token', {})
  expect(answer.status).toBe(429)
  expect(answer.headers.get('retry-after')).toBe('2')
  expect(await answer.json()).toEqual(aSentence)
})

test('Pipedream’s trouble is told apart: whether a retry helps, and when', async () => {
  const { signIn, intercept } = await worldWithService()
  const ada = await signIn('ada')
  intercept(() =>
    Response.json({ error: 'Throttled' }, { status: 429, headers: { 'retry-after': '60' } }),
  )
  const busy = await ada.post('/api/connect-token', {})
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '60'])
  intercept(() => Response.json({ error: 'forbidden' }, { status: 403 }))
  const refused = await ada.post('/api/connect-token', {})
  expect(refused.status).toBe(502)
  expect(await refused.json()).toEqual(aSentence)
})
