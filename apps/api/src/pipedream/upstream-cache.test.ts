import { expect, test } from 'vitest'
import { createEvents } from '../store/events.ts'
import { openDatabase } from '../store/open-database.ts'
import { createTestGateway, type TestGateway } from '../../test/fixtures/create-test-gateway.ts'
import type { Person } from '../../test/fixtures/create-person.ts'

const ACCOUNTS = `{ viewer { accounts { __typename
  ... on AccountConnection { staleSince nodes { id } } } } }`
const APPS = `query ($search: String) { apps(search: $search) { __typename
  ... on AppConnection { staleSince nodes { slug } } } }`
const APP = `{ app(slug: "slack") { __typename ... on App { name } } }`
const DISCONNECT = `mutation ($id: ID!) { disconnectAccount(input: { accountId: $id }) { __typename } }`
const CONNECT = `mutation { createConnectToken(input: { app: "openai" }) { __typename } }`
const RECONNECT = `mutation ($id: ID!) { createConnectToken(input: { accountId: $id }) { __typename } }`

const down = () => Response.json({ error: 'down' }, { status: 503 })
const DAY_MS = 24 * 60 * 60 * 1000

async function accounts(person: Person): Promise<Record<string, unknown>> {
  const { viewer } = (await person.query(ACCOUNTS)) as {
    viewer: { accounts: Record<string, unknown> }
  }
  return viewer.accounts
}

async function createGatewayWithClock(overrides: Parameters<typeof createTestGateway>[0] = {}) {
  let time = Date.now()
  const gateway = await createTestGateway({ now: () => new Date(time), ...overrides })
  return { ...gateway, now: () => new Date(time), pass: (ms: number) => (time += ms) }
}

function goDown({ intercept }: Pick<TestGateway, 'intercept'>) {
  intercept(down)
}

test('while Pipedream is down, a user sees the last known accounts with “staleSince”', async () => {
  const gateway = await createGatewayWithClock()
  const ada = await gateway.signIn('ada')
  const id = await ada.connectOpenai()
  expect(await accounts(ada)).toMatchObject({ staleSince: null, nodes: [{ id }] })
  const asked = gateway.now()
  gateway.pass(1000)
  goDown(gateway)
  expect(await accounts(ada)).toEqual({
    __typename: 'AccountConnection',
    staleSince: asked.toISOString(),
    nodes: [{ id }],
  })
  gateway.intercept(() => undefined)
  expect(await accounts(ada)).toMatchObject({ staleSince: null, nodes: [{ id }] })
})

test('a connect token that could not be created leaves them in the cache', async () => {
  const gateway = await createTestGateway()
  const ada = await gateway.signIn('ada')
  const id = await ada.connectOpenai()
  await accounts(ada)
  goDown(gateway)
  expect(await ada.field(CONNECT)).toEqual({ __typename: 'UpstreamError' })
  expect(await accounts(ada)).toMatchObject({ nodes: [{ id }] })
})

test('another user does not see them', async () => {
  const gateway = await createTestGateway()
  const ada = await gateway.signIn('ada')
  await ada.connectOpenai()
  await accounts(ada)
  const grace = await gateway.signIn('grace')
  goDown(gateway)
  expect(await accounts(grace)).toEqual({ __typename: 'UpstreamError' })
})

test('a disconnected account is not returned from the cache', async () => {
  const gateway = await createTestGateway()
  const ada = await gateway.signIn('ada')
  const id = await ada.connectOpenai()
  await accounts(ada)
  await ada.field(DISCONNECT, { id })
  goDown(gateway)
  expect(await accounts(ada)).toEqual({ __typename: 'UpstreamError' })
})

test('nor is one whose disconnection had no response', async () => {
  const gateway = await createTestGateway()
  const ada = await gateway.signIn('ada')
  const id = await ada.connectOpenai()
  await accounts(ada)
  gateway.intercept(({ method }) => (method === 'DELETE' ? down() : undefined))
  expect(await ada.field(DISCONNECT, { id })).toEqual({ __typename: 'UpstreamError' })
  goDown(gateway)
  expect(await accounts(ada)).toEqual({ __typename: 'UpstreamError' })
})

test('nor is one that was being read while it was disconnected', async () => {
  const gateway = await createTestGateway()
  const ada = await gateway.signIn('ada')
  const id = await ada.connectOpenai()
  const isAsked = Promise.withResolvers<void>()
  const isDisconnected = Promise.withResolvers<void>()
  gateway.intercept(async (request) => {
    const response = await gateway.emulator.fetch(request)
    if (!/\/accounts\?/.test(request.url)) return response
    isAsked.resolve()
    await isDisconnected.promise
    return response
  })
  const reading = accounts(ada)
  await isAsked.promise
  await ada.field(DISCONNECT, { id })
  isDisconnected.resolve()
  expect(await reading).toMatchObject({ nodes: [{ id }] })
  goDown(gateway)
  expect(await accounts(ada)).toEqual({ __typename: 'UpstreamError' })
})

test('nor is one that was disconnected on another replica', async () => {
  const database = await openDatabase(':memory:')
  const gateway = await createTestGateway({ database })
  const ada = await gateway.signIn('ada')
  await ada.connectOpenai()
  await accounts(ada)
  await createEvents(database, () => new Date()).record({
    type: 'account_disconnected',
    externalUserId: 'ada',
  })
  goDown(gateway)
  expect(await accounts(ada)).toEqual({ __typename: 'UpstreamError' })
})

test('an action on an account reads it from Pipedream again', async () => {
  const gateway = await createTestGateway()
  const ada = await gateway.signIn('ada')
  const id = await ada.connectOpenai()
  await accounts(ada)
  goDown(gateway)
  expect(await ada.field(RECONNECT, { id })).toEqual({ __typename: 'UpstreamError' })
  expect(await ada.field(DISCONNECT, { id })).toEqual({ __typename: 'UpstreamError' })
})

test('the catalogue is cached for a minute, and for a day while Pipedream is down', async () => {
  const gateway = await createGatewayWithClock()
  const ada = await gateway.signIn('ada')
  let asked = 0
  gateway.intercept(({ url }) => {
    if (url.includes('/apps')) asked += 1
    return undefined
  })
  const fresh = await ada.field(APPS)
  await ada.field(APP)
  gateway.pass(59_000)
  expect(await ada.field(APPS)).toEqual(fresh)
  expect(asked).toBe(2)
  gateway.pass(1000)
  await ada.field(APPS)
  expect(asked).toBe(3)
  const last = gateway.now()
  goDown(gateway)
  gateway.pass(DAY_MS - 61_000)
  expect(await ada.field(APPS)).toEqual({ ...fresh, staleSince: last.toISOString() })
  expect(await ada.field(APP)).toMatchObject({ name: 'Slack' })
  gateway.pass(61_000)
  expect(await ada.field(APPS)).toEqual({ __typename: 'UpstreamError' })
})

test('each search has its own entry', async () => {
  const gateway = await createTestGateway()
  const ada = await gateway.signIn('ada')
  await ada.field(APPS, { search: 'slack' })
  expect(await ada.field(APPS, { search: 'openai' })).toMatchObject({ nodes: [{ slug: 'openai' }] })
  goDown(gateway)
  expect(await ada.field(APPS, { search: 'google' })).toEqual({ __typename: 'UpstreamError' })
})

test('when Pipedream refuses a request, the cache is not used', async () => {
  const gateway = await createTestGateway()
  const ada = await gateway.signIn('ada')
  await ada.connectOpenai()
  await accounts(ada)
  gateway.intercept(() => Response.json({ error: 'forbidden' }, { status: 403 }))
  expect(await accounts(ada)).toEqual({ __typename: 'UpstreamError' })
})
