import { CONNECT_TOKEN_SCOPE } from 'pipedream-client/node'
import { expect, test } from 'vitest'
import { sha256 } from '../store/secrets.ts'
import {
  createTimedGateway,
  eventTypes,
  flowStatus,
  sendWebhook,
  showAccounts,
} from '../../test/fixtures/follow-flow.ts'

const SERVICE_KEY = 'emulator-service-key-for-these-tests'

test('a webhook makes the new account visible, held until the browser confirms', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  const accountId = await ada.typeKey(token, 'openai')
  expect((await sendWebhook(gateway)).status).toBe(204)
  expect(await eventTypes(ada)).toEqual(['FLOW_CREATED', 'ACCOUNT_HELD'])
  expect(await showAccounts(ada)).toEqual([{ id: accountId, held: true }])
  expect(await flowStatus(ada, flowId)).toBe('OPEN')
  await ada.confirm(flowId, accountId)
  expect(await showAccounts(ada)).toEqual([{ id: accountId, held: false }])
  expect(await eventTypes(ada)).toEqual([
    'FLOW_CREATED',
    'ACCOUNT_HELD',
    'FLOW_SUCCEEDED',
    'ACCOUNT_RELEASED',
  ])
})

test('a held account names the flow that may confirm it, until it is confirmed', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  const accountId = await ada.typeKey(token, 'openai')
  await sendWebhook(gateway)
  const heldFlowIds = () =>
    ada.query('{ viewer { accounts { ... on AccountConnection { nodes { heldFlowId } } } } }')
  expect(await heldFlowIds()).toEqual({ viewer: { accounts: { nodes: [{ heldFlowId: flowId }] } } })
  await ada.confirm(flowId, accountId)
  expect(await heldFlowIds()).toEqual({ viewer: { accounts: { nodes: [{ heldFlowId: null }] } } })
})

test('a held account cannot be reconnected, but can be disconnected', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const { token } = await ada.startConnecting('openai')
  const accountId = await ada.typeKey(token, 'openai')
  const reconnect = await ada.field(
    'mutation ($accountId: ID) { createConnectToken(input: { accountId: $accountId }) { __typename } }',
    { accountId },
  )
  expect(reconnect.__typename).toBe('NotAllowed')
  const gone = await ada.field(
    'mutation ($accountId: ID!) { disconnectAccount(input: { accountId: $accountId }) { __typename } }',
    { accountId },
  )
  expect(gone.__typename).toBe('DisconnectedAccount')
  expect(await eventTypes(ada)).toEqual([
    'FLOW_CREATED',
    'ACCOUNT_HELD',
    'FLOW_REFUSED',
    'ACCOUNT_REMOVED',
  ])
})

test('a service’s flow belongs to no browser, so its account is not held', async () => {
  const gateway = await createTimedGateway({ serviceKeyHash: sha256(SERVICE_KEY) })
  const service = gateway.browser()
  service.headers.authorization = `Bearer ${SERVICE_KEY}`
  const started = await service.field(
    'mutation { createConnectToken(input: { app: "openai", externalUserId: "ada" }) { __typename ... on ConnectToken { token flow { id } } } }',
  )
  const accountId = await service.typeKey(String(started.token), 'openai')
  await sendWebhook(gateway)
  const ada = await gateway.signIn('ada')
  expect(await showAccounts(ada)).toEqual([{ id: accountId, held: false }])
  expect(await eventTypes(ada)).toEqual(['FLOW_CREATED', 'FLOW_SUCCEEDED'])
})

test('an account created elsewhere before the flow is not held', async () => {
  const gateway = await createTimedGateway()
  const { accountIds } = gateway.emulator.seed({
    accounts: [{ app: 'openai', externalUserId: 'ada', createdAt: new Date(0) }],
  })
  const ada = await gateway.signIn('ada')
  await ada.startConnecting('openai')
  expect(await showAccounts(ada)).toEqual([{ id: accountIds[0], held: false }])
})

test('an invalid webhook, or one for no flow, is rejected', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const { token } = await ada.startConnecting('openai')
  await ada.typeKey(token, 'openai')
  const url = gateway.emulator.deliveries.at(-1)?.url ?? ''
  expect((await sendWebhook(gateway, { url, body: 'nonsense' })).status).toBe(400)
  expect((await sendWebhook(gateway, { url: `${url.slice(0, -3)}abc` })).status).toBe(404)
  expect((await sendWebhook(gateway, { url: `${url}/x` })).status).toBe(404)
  expect(await eventTypes(ada)).toEqual(['FLOW_CREATED'])
})

test('each connect token has its own webhook URL', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const urls = new Set<string>()
  for (let index = 0; index < 3; index += 1) {
    const { token } = await ada.startConnecting('openai')
    await ada.typeKey(token, 'openai')
    urls.add(gateway.emulator.deliveries.at(-1)?.url ?? '')
  }
  expect(urls.size).toBe(3)
  for (const url of urls) {
    expect(url).toMatch(/^http:\/\/localhost:3000\/webhooks\/pipedream\/[\w-]{43}$/)
  }
})

test('without a public webhook URL, no webhook is requested', async () => {
  const gateway = await createTimedGateway({
    connectTokens: {
      allowedOrigins: ['http://localhost:3000'],
      scope: CONNECT_TOKEN_SCOPE,
      connectUrl: 'http://localhost:4010/_static/connect.html',
    },
  })
  const ada = await gateway.signIn('ada')
  const { token } = await ada.startConnecting('openai')
  await ada.typeKey(token, 'openai')
  expect(gateway.emulator.deliveries).toEqual([])
})
