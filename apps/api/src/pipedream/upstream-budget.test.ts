import { expect, test } from 'vitest'
import { createTestGateway, testLimits } from '../../test/fixtures/create-test-gateway.ts'
import type { Person } from '../../test/fixtures/create-person.ts'
import { finishUrlOf } from '../../test/fixtures/follow-flow.ts'
import { openRateLimits, type RateLimitSettings } from '../http/rate-limits.ts'

/** A gateway that counts its calls to Pipedream, without those for its own access token. */
async function createGateway(settings: RateLimitSettings) {
  const rates = await openRateLimits(settings, ':memory:')
  const gateway = await createTestGateway({ limits: { ...testLimits, rates } })
  const calls: string[] = []
  gateway.intercept(({ method, url }) => {
    const { pathname } = new URL(url)
    if (!pathname.endsWith('/oauth/token')) calls.push(`${method} ${pathname}`)
    return undefined
  })
  return { ...gateway, calls }
}

let searches = 0

/** Searches for something that is not in the cache. */
function search(person: Person) {
  searches += 1
  return person.field(
    `query ($search: String) { apps(search: $search) { __typename ... on UpstreamError { retryable retryAfterMs } } }`,
    { search: `nothing ${searches}` },
  )
}

const REFUSED = { __typename: 'UpstreamError', retryable: true }

test('a user who calls too often is refused, and others are not', async () => {
  const { signIn, calls } = await createGateway({ upstreamUser: 5 })
  const [ada, grace] = [await signIn('ada'), await signIn('grace')]
  const found = await Promise.all(Array.from({ length: 30 }, () => search(ada)))
  expect(calls).toHaveLength(5)
  const refused = found.filter(({ __typename }) => __typename !== 'AppConnection')
  expect(refused).toHaveLength(25)
  for (const one of refused) {
    expect(one).toMatchObject(REFUSED)
    expect(Number(one['retryAfterMs'])).toBeGreaterThan(0)
  }
  expect(await search(grace)).toMatchObject({ __typename: 'AppConnection' })
})

test('100 operations of 5 aliases use no more than the user’s budget', async () => {
  const { signIn, calls } = await createGateway({ upstreamUser: 10 })
  const ada = await signIn('ada')
  const aliases = Array.from(
    { length: 5 },
    (_, n) => `a${n}: accounts(first: ${n + 1}) { __typename }`,
  )
  const query = `{ viewer { ${aliases.join(' ')} } }`
  const responses = await Promise.all(
    Array.from({ length: 100 }, () => ada.post('/graphql', { query })),
  )
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]))
  expect(calls).toHaveLength(10)
})

test('cached responses cost nothing', async () => {
  const { signIn } = await createGateway({ upstreamUser: 1 })
  const ada = await signIn('ada')
  for (let count = 0; count < 5; count += 1) {
    expect(await ada.field('{ app(slug: "slack") { __typename } }')).toEqual({ __typename: 'App' })
  }
  expect(await search(ada)).toMatchObject(REFUSED)
})

test('when all users have used up the project’s budget, accounts can still be connected and disconnected', async () => {
  const { signIn } = await createGateway({ upstreamUser: 100, upstreamProject: 10 })
  const grace = await signIn('grace')
  const [{ token, flowId }, second] = [
    await grace.startConnecting('openai'),
    await grace.startConnecting('openai'),
  ]
  const crowd = await Promise.all(['a', 'b', 'c', 'd'].map((name) => signIn(name)))
  for (const person of crowd) await Promise.all([search(person), search(person), search(person)])
  expect(await search(grace)).toMatchObject(REFUSED)
  const accountId = await grace.typeKey(token, 'openai')
  expect(await grace.confirm(flowId, accountId)).toMatchObject({
    __typename: 'ConfirmedConnection',
  })
  expect(
    await grace.field(
      'mutation ($id: ID!) { disconnectAccount(input: { accountId: $id }) { __typename } }',
      { id: accountId },
    ),
  ).toEqual({ __typename: 'DisconnectedAccount' })
  const cancelled = await grace.field(
    'mutation ($id: ID!) { cancelFlow(input: { flowId: $id }) { __typename } }',
    { id: second.flowId },
  )
  expect(cancelled).toEqual({ __typename: 'CancelledFlow' })
})

test('a user’s confirmations have a budget too', async () => {
  const { signIn, calls } = await createGateway({ upstreamUser: 100, upstreamUrgent: 5 })
  const ada = await signIn('ada')
  const { flowId } = await ada.startConnecting('openai')
  const before = calls.length
  const tries = Array.from({ length: 30 }, () => ada.confirm(flowId, 'apn_unknown'))
  const names = new Set((await Promise.all(tries)).map(({ __typename }) => __typename))
  expect(names).toEqual(new Set(['AccountNotFound', 'UpstreamError']))
  expect(calls.length - before).toBe(5)
})

test('the budget of a flow’s owner bounds the calls of all visits to its finish address', async () => {
  const gateway = await createGateway({ upstreamUser: 100, upstreamUrgent: 5 })
  const { server, signIn, calls } = gateway
  const ada = await signIn('ada')
  const flows = [await ada.startConnecting('openai'), await ada.startConnecting('openai')]
  const urls = await Promise.all(flows.map(({ token }) => finishUrlOf(gateway, token)))
  const before = calls.length
  const visits = Array.from({ length: 40 }, (_, n) =>
    server.fetch(
      new Request(urls[n % 2] ?? '', { headers: { 'x-forwarded-for': `203.0.113.${n}` } }),
    ),
  )
  await Promise.all(visits)
  expect(calls.length - before).toBeLessThanOrEqual(5)
  expect(await search(await signIn('grace'))).toMatchObject({ __typename: 'AppConnection' })
})

test('the confirmations of all users together have a budget, which leaves the rest to the gateway', async () => {
  const { server, signIn, calls, complaints } = await createGateway({
    upstreamUrgent: 10,
    upstreamReserve: 25,
  })
  const crowd = await Promise.all(['a', 'b', 'c', 'd'].map((name) => signIn(name)))
  const flows = await Promise.all(crowd.map((person) => person.startConnecting('openai')))
  const before = calls.length
  for (const [index, person] of crowd.entries()) {
    const { flowId = '' } = flows[index] ?? {}
    await Promise.all(Array.from({ length: 20 }, () => person.confirm(flowId, 'apn_unknown')))
  }
  expect(calls.length - before).toBe(25)
  const logged = complaints().length
  await server.reconcile()
  expect(complaints()).toHaveLength(logged)
})

test('an app whose slug looks like another address counts', async () => {
  const { signIn, calls } = await createGateway({ upstreamProject: 2 })
  const people = await Promise.all(['a', 'b', 'c', 'd'].map((name) => signIn(name)))
  for (const person of people) await search(person)
  const found = await people[0]?.field('{ app(slug: "tokens") { __typename } }')
  expect(found).toMatchObject({ __typename: 'UpstreamError' })
  expect(calls).toHaveLength(2)
})

test('the reconciler and an operator’s disconnections are never refused', async () => {
  const { server, signIn, calls, complaints } = await createGateway({
    upstreamUser: 3,
    upstreamUrgent: 3,
    upstreamProject: 3,
  })
  const [ada, root] = [await signIn('ada'), await signIn('root', 'operator')]
  await ada.connectOpenai()
  for (let count = 0; count < 4; count += 1) await search(root)
  expect(await search(root)).toMatchObject(REFUSED)
  const before = calls.length
  const logged = complaints().length
  await server.reconcile()
  expect(complaints()).toHaveLength(logged)
  for (let count = 0; count < 5; count += 1) {
    const plan = await root.field(
      'mutation { planDisconnection(input: { externalUserId: "ada" }) { __typename } }',
    )
    expect(plan).toEqual({ __typename: 'DisconnectionPlan' })
  }
  expect(calls.length - before).toBeGreaterThanOrEqual(5)
})

test('a REST endpoint responds with 429 and says when to try again', async () => {
  const { signIn } = await createGateway({ upstreamUser: 1 })
  const ada = await signIn('ada')
  expect((await ada.post('/api/connect-token', {})).status).toBe(200)
  const refused = await ada.post('/api/connect-token', {})
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Object.keys(await refused.json())).toEqual(['error'])
})
