import { expect, test } from 'vitest'
import { sha256 } from '../../store/secrets.ts'
import { createTestGateway } from '../../../test/fixtures/create-test-gateway.ts'

const CREATE = `mutation ($input: CreateConnectTokenInput!) {
  createConnectToken(input: $input) {
    __typename
    ... on ConnectToken { token expiresAt connectLinkUrl connectUrl flow { id status app } }
    ... on InvalidInput { field message }
    ... on Error { message }
  }
}`
const SERVICE_KEY = 'emulator-service-key-for-these-tests'

test('a user gets a token for their own account, and the flow is recorded', async () => {
  const { signIn, emulator } = await createTestGateway()
  const ada = await signIn('ada')
  const token = await ada.field(CREATE, { input: { app: 'slack' } })
  expect(token).toMatchObject({
    __typename: 'ConnectToken',
    flow: { status: 'OPEN', app: 'slack' },
  })
  expect(token.token).toMatch(/^ctok_[0-9a-f]{32}$/)
  const link = new URL(String(token.connectLinkUrl))
  expect(link.searchParams.get('app')).toBe('slack')
  expect(link.origin).toBe(new URL(String(token.connectUrl)).origin)
  const minutes =
    (new Date(String(token.expiresAt)).getTime() - emulator.clock.now().getTime()) / 60_000
  expect(minutes).toBeGreaterThan(5)
  expect(minutes).toBeLessThan(30)
})

test('a token connects the viewer’s account, whatever user the input names', async () => {
  const { signIn } = await createTestGateway()
  const mallory = await signIn('mallory')
  const refused = await mallory.field(CREATE, { input: { app: 'slack', externalUserId: 'ada' } })
  expect(refused.__typename).toBe('NotAllowed')
})

test('an anonymous request gets no token', async () => {
  const { browser } = await createTestGateway()
  expect(await browser().field(CREATE, { input: { app: 'slack' } })).toMatchObject({
    __typename: 'NotSignedIn',
  })
})

test('an app that the catalogue lacks is named in the refusal', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  for (const app of ['no_such_app', '../tokens', 'a/b', '%2e%2e', 'x'.repeat(500)]) {
    expect(await ada.field(CREATE, { input: { app } })).toMatchObject({ __typename: 'UnknownApp' })
  }
})

test('an app or an account must be named', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  for (const input of [{}, { app: '' }, { app: '  ' }]) {
    expect(await ada.field(CREATE, { input })).toMatchObject({
      __typename: 'InvalidInput',
      field: 'app',
    })
  }
})

test('a reconnect takes the app of the account, which must be the viewer’s own', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  const accountId = await ada.connectOpenai()
  expect(await ada.field(CREATE, { input: { accountId } })).toMatchObject({
    flow: { app: 'openai' },
  })
  expect(await ada.field(CREATE, { input: { accountId, app: 'slack' } })).toMatchObject({
    __typename: 'InvalidInput',
    field: 'app',
  })
  const mallory = await signIn('mallory')
  expect(await mallory.field(CREATE, { input: { accountId } })).toMatchObject({
    __typename: 'AccountNotFound',
  })
})

test('a service must name the user, and only a request with its key is a service', async () => {
  const { browser } = await createTestGateway({ serviceKeyHash: sha256(SERVICE_KEY) })
  const service = browser()
  service.headers.authorization = `Bearer ${SERVICE_KEY}`
  expect(await service.field(CREATE, { input: { app: 'slack' } })).toMatchObject({
    __typename: 'InvalidInput',
    field: 'externalUserId',
  })
  const left = await service.field(CREATE, { input: { app: 'slack' } })
  for (const externalUserId of ['', ' ']) {
    expect(await service.field(CREATE, { input: { app: 'slack', externalUserId } })).toEqual(left)
  }
  expect(
    await service.field(CREATE, { input: { app: 'slack', externalUserId: 'x'.repeat(251) } }),
  ).toMatchObject({ __typename: 'InvalidInput', field: 'externalUserId' })
  expect(
    await service.field(CREATE, { input: { app: 'slack', externalUserId: 'ada' } }),
  ).toMatchObject({ __typename: 'ConnectToken' })
  const stranger = browser()
  stranger.headers.authorization = `Bearer ${SERVICE_KEY}x`
  const input = { app: 'slack', externalUserId: 'ada' }
  const refused = await stranger.post('/graphql', { query: CREATE, variables: { input } })
  expect(refused.status).toBe(401)
})

test('a browser gets its cookie with its first flow, and none with a refusal', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  for (const input of [{ app: 'no-such-app' }, { app: '' }, { accountId: 'apn_none' }]) {
    expect((await ada.field(CREATE, { input })).__typename).not.toBe('ConnectToken')
    expect(ada.cookies.has('browser')).toBe(false)
  }
  await ada.startConnecting('openai')
  expect(ada.cookies.has('browser')).toBe(true)
})

test('a page of another site is told so before anything is connected', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  ada.headers['sec-fetch-site'] = 'cross-site'
  ada.headers.origin = 'http://localhost:3000'
  const refused = await ada.field(CREATE, { input: { app: 'slack' } })
  expect(refused.__typename).toBe('NotAllowed')
  expect(ada.cookies.has('browser')).toBe(false)
  ada.headers['sec-fetch-site'] = 'same-site'
  expect(await ada.field(CREATE, { input: { app: 'slack' } })).toMatchObject({
    __typename: 'ConnectToken',
  })
  expect(ada.cookies.has('browser')).toBe(true)
})
