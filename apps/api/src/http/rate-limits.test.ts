import { expect, test } from 'vitest'
import { createTestGateway, testLimits } from '../../test/fixtures/create-test-gateway.ts'
import { describePostgres } from '../../test/fixtures/engines.ts'
import { finishUrlOf } from '../../test/fixtures/follow-flow.ts'
import { sha256 } from '../store/secrets.ts'
import { openRateLimits } from './rate-limits.ts'

const OFF = { address: undefined, person: undefined, service: undefined, connectToken: undefined }
const WHO = { query: '{ viewer { kind } }' }

const gatewayWith = async (settings: Partial<typeof OFF | Record<keyof typeof OFF, number>>) => {
  const rates = await openRateLimits({ ...OFF, ...settings }, ':memory:')
  return createTestGateway({
    limits: { ...testLimits, trustedProxies: { hops: 1, peers: [] }, rates },
  })
}

test('one address may ask so often, and another is not in its way', async () => {
  const { browser } = await gatewayWith({ address: 2 })
  const here = browser()
  here.headers['x-forwarded-for'] = '198.51.100.1'
  expect((await here.post('/graphql', WHO)).status).toBe(200)
  expect((await here.post('/auth/sign-out', {})).status).toBe(204)
  const refused = await here.post('/graphql', WHO)
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  const there = browser()
  there.headers['x-forwarded-for'] = '198.51.100.2'
  expect((await there.post('/graphql', WHO)).status).toBe(200)
})

test('a forged address does not help', async () => {
  const { browser } = await gatewayWith({ address: 1 })
  const attacker = browser()
  attacker.headers['x-forwarded-for'] = '203.0.113.1, 198.51.100.1'
  await attacker.post('/graphql', WHO)
  attacker.headers['x-forwarded-for'] = '203.0.113.2, 198.51.100.1'
  expect((await attacker.post('/graphql', WHO)).status).toBe(429)
})

test.each([
  ['10.1.2.3', true],
  ['::ffff:10.1.2.3', true],
  ['fd00::7', true],
  ['127.0.0.1', true],
  ['::1', true],
  ['11.0.0.1', false],
  ['203.0.113.9', false],
  ['fe80::1', false],
])('of a peer at %s, the address in X-Forwarded-For counts: %s', async (remoteAddress, counts) => {
  const rates = await openRateLimits({ ...OFF, address: 1 }, ':memory:')
  const trustedProxies = { hops: 1, peers: ['10.0.0.0/8', 'fd00::7'] }
  const { server, complaints } = await createTestGateway({
    limits: { ...testLimits, trustedProxies, rates },
  })
  const ask = async (forwardedFor: string) => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': forwardedFor }
    const init = { method: 'POST', headers, body: JSON.stringify(WHO) }
    const request = new Request('http://localhost:3000/graphql', init)
    return (await server.fetch(request, { remoteAddress })).status
  }
  expect(await ask('198.51.100.1')).toBe(200)
  expect(await ask('198.51.100.2')).toBe(counts ? 200 : 429)
  // Otherwise a proxy that is not named would be noticed only when all users share its limit.
  expect(complaints()).toHaveLength(counts ? 0 : 1)
})

test.each([
  ['a link', 'GET', {}],
  ['a HEAD', 'HEAD', {}],
  ['a preflight', 'OPTIONS', { 'access-control-request-method': 'POST' }],
  ['a POST', 'POST', { 'content-type': 'text/plain' }],
])('%s of another site’s page uses up nothing of the address', async (_what, method, headers) => {
  const { server, browser } = await gatewayWith({ address: 1 })
  const url = 'http://localhost:3000/graphql'
  for (const origin of ['https://evil.example', 'null']) {
    const sent = { ...headers, origin, 'sec-fetch-site': 'cross-site' }
    await server.fetch(new Request(url, { method, headers: sent }))
  }
  expect((await browser().post('/graphql', WHO)).status).toBe(200)
})

test('one user may ask so often, from wherever, and another is not in their way', async () => {
  const { signIn } = await gatewayWith({ person: 2 })
  const ada = await signIn('ada')
  const adaElsewhere = await signIn('ada')
  await ada.post('/graphql', WHO)
  await adaElsewhere.post('/graphql', WHO)
  expect((await ada.post('/graphql', WHO)).status).toBe(429)
  expect((await (await signIn('grace')).post('/graphql', WHO)).status).toBe(200)
})

test.each([
  ['user', '/api/connect-token', {}],
  ['service', '/api/connect-token', { external_user_id: 'ada' }],
  ['service', '/api/oauth-token', {}],
])('a %s may call the REST endpoint %s so often', async (kind, path, body) => {
  const key = 'emulator-service-key-for-these-tests'
  const rates = await openRateLimits({ ...OFF, person: 1, service: 1 }, ':memory:')
  const limits = { ...testLimits, rates }
  const { signIn, browser } = await createTestGateway({ limits, serviceKeyHash: sha256(key) })
  const caller = kind === 'user' ? await signIn('ada') : browser()
  if (kind === 'service') caller.headers.authorization = `Bearer ${key}`
  expect((await caller.post(path, body)).status).toBe(200)
  const refused = await caller.post(path, body)
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('connect tokens have a bound of their own, and it is a typed error', async () => {
  const { signIn } = await gatewayWith({ connectToken: 1 })
  const ada = await signIn('ada')
  await ada.startConnecting('openai')
  const refused = await ada.field(
    `mutation { createConnectToken(input: { app: "openai" }) {
      __typename ... on RateLimited { message retryAfterMs } } }`,
  )
  expect(refused).toMatchObject({ __typename: 'RateLimited', retryAfterMs: expect.any(Number) })
  await (await signIn('grace')).startConnecting('openai')
})

describePostgres('on PostgreSQL', ({ makePlace }) => {
  test('replicas count together', async () => {
    const place = await makePlace()
    const settings = { ...OFF, person: 3 }
    // Concurrently, as replicas start; with patience for a busy database, without which each would count for itself.
    const replicas = await Promise.all(
      [1, 2, 3].map(() => openRateLimits(settings, place.location, { patienceMs: 60_000 })),
    )
    const answers = await Promise.all(
      replicas.flatMap((rates) => [rates.take('person', 'ada'), rates.take('person', 'ada')]),
    )
    expect(answers.filter((wait) => wait === undefined)).toHaveLength(3)
    expect(await replicas[0]?.take('person', 'grace')).toBeUndefined()
    await Promise.all(replicas.map((rates) => rates.close()))
    await place.remove()
  })

  test('without it each replica counts for itself', async () => {
    const place = await makePlace()
    const rates = await openRateLimits({ ...OFF, person: 1 }, place.location)
    await place.remove()
    expect(await rates.take('person', 'ada')).toBeUndefined()
    expect(await rates.take('person', 'ada')).toBeGreaterThan(0)
    await rates.close()
  })
})

test('a POST to the finish address of an unknown flow counts, and that of a known one is answered', async () => {
  const rates = await openRateLimits({ address: 5 }, ':memory:')
  const gateway = await createTestGateway({ limits: { ...testLimits, rates } })
  const ada = await gateway.signIn('ada')
  const { token } = await ada.startConnecting('openai')
  const known = await finishUrlOf(gateway, token)
  const send = async (url: string) => {
    const headers = { origin: 'http://localhost:3000' }
    const body = 'x'.repeat(1000)
    const request = new Request(url, { method: 'POST', headers, body })
    return (await gateway.server.fetch(request)).status
  }
  const unknown = `http://localhost:3000/connect/finish/${'a'.repeat(43)}`
  const statuses: number[] = []
  for (let count = 0; count < 10; count += 1) statuses.push(await send(unknown))
  expect(new Set(statuses)).toEqual(new Set([404, 429]))
  expect(statuses.at(-1)).toBe(429)
  expect(await send(known)).toBe(403)
})
