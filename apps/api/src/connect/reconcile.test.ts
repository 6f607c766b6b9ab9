import { expect, test } from 'vitest'
import {
  createTimedGateway,
  eventTypes,
  finishUrlOf,
  flowStatus,
  live,
  sendWebhook,
  showAccounts,
  showHold,
  visit,
} from '../../test/fixtures/follow-flow.ts'
import { sha256 } from '../store/secrets.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const SERVICE_KEY = 'emulator-service-key-for-these-tests'
const CANCEL =
  'mutation ($flowId: ID!) { cancelFlow(input: { flowId: $flowId }) { __typename ... on CancelledFlow { flow { status accountId } } } }'

test('an account that was neither reported nor confirmed is found, and stays held', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  await ada.query(`mutation { openFlow(input: { flowId: "${flowId}" }) { __typename } }`)
  const accountId = await ada.typeKey(token, 'openai')
  await gateway.server.reconcile()
  expect(await flowStatus(ada, flowId)).toBe('OPEN')
  gateway.advance(21 * MINUTE_MS)
  await Promise.all([gateway.server.reconcile(), gateway.server.reconcile()])
  await live(gateway, 2 * HOUR_MS)
  expect(await flowStatus(ada, flowId)).toBe('EXPIRED')
  expect(await eventTypes(ada)).toEqual([
    'FLOW_CREATED',
    'FLOW_OPENED',
    'ACCOUNT_HELD',
    'FLOW_EXPIRED',
  ])
  expect(await showHold(ada, accountId)).toEqual({ heldReason: 'NOT_FINISHED', canKeep: true })
})

test('an account that a webhook reported is removed when its flow ends without a confirmation', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  const accountId = await ada.typeKey(token, 'openai')
  await sendWebhook(gateway)
  await live(gateway, 19 * MINUTE_MS)
  expect(await showHold(ada, accountId)).toEqual({ heldReason: 'NOT_CONFIRMED', canKeep: false })
  await live(gateway, 2 * MINUTE_MS)
  expect(await flowStatus(ada, flowId)).toBe('EXPIRED')
  expect(await showAccounts(ada)).toEqual([])
  expect(await eventTypes(ada)).toEqual([
    'FLOW_CREATED',
    'ACCOUNT_HELD',
    'FLOW_EXPIRED',
    'ACCOUNT_REMOVED',
  ])
})

test.each(['succeeded', 'was never opened'])(
  'what the token of a flow that %s creates leaves an event, without a webhook',
  async (what) => {
    const gateway = await createTimedGateway()
    const ada = await gateway.signIn('ada')
    const { token, flowId } = await ada.startConnecting('openai')
    if (what === 'succeeded') await ada.confirm(flowId, await ada.typeKey(token, 'openai'))
    const createdAt = new Date(gateway.emulator.clock.now().getTime() + MINUTE_MS)
    gateway.emulator.seed({ accounts: [{ app: 'slack', externalUserId: 'ada', createdAt }] })
    await live(gateway, 21 * MINUTE_MS)
    expect(await eventTypes(ada)).toContain('ACCOUNT_HELD')
    expect(await flowStatus(ada, flowId)).toBe(what === 'succeeded' ? 'SUCCEEDED' : 'EXPIRED')
  },
)

test('an unreported account of a service’s flow is assigned to that flow', async () => {
  const gateway = await createTimedGateway({ serviceKeyHash: sha256(SERVICE_KEY) })
  const service = gateway.browser()
  service.headers.authorization = `Bearer ${SERVICE_KEY}`
  const started = await service.field(
    'mutation { createConnectToken(input: { app: "openai", externalUserId: "ada" }) { __typename ... on ConnectToken { token } } }',
  )
  const accountId = await service.typeKey(String(started.token), 'openai')
  gateway.advance(21 * MINUTE_MS)
  await gateway.server.reconcile()
  const ada = await gateway.signIn('ada')
  expect(await showAccounts(ada)).toEqual([{ id: accountId, held: false }])
  expect(await eventTypes(ada)).toEqual(['FLOW_CREATED', 'FLOW_SUCCEEDED'])
})

test('a failed lookup or removal is retried until it succeeds', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  await ada.typeKey(token, 'openai')
  await sendWebhook(gateway)
  const refuse = (method: string) =>
    gateway.intercept((request) =>
      request.method === method ? new Response('{}', { status: 400 }) : undefined,
    )
  await live(gateway, 19 * MINUTE_MS)
  refuse('GET')
  await live(gateway, 2 * MINUTE_MS)
  refuse('DELETE')
  await live(gateway, 5 * MINUTE_MS)
  gateway.intercept(() => undefined)
  expect(await eventTypes(ada)).not.toContain('ACCOUNT_REMOVED')
  await live(gateway, 20 * MINUTE_MS)
  expect(await flowStatus(ada, flowId)).toBe('EXPIRED')
  expect((await eventTypes(ada)).filter((type) => type === 'ACCOUNT_REMOVED')).toHaveLength(1)
  expect(await showAccounts(ada)).toEqual([])
})

test('an account created after its flow was cancelled is held, and can be kept', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  expect(await ada.field(CANCEL, { flowId })).toMatchObject({ flow: { status: 'CANCELLED' } })
  const accountId = await ada.typeKey(token, 'openai')
  expect(await showHold(ada, accountId)).toEqual({ heldReason: 'NOT_FINISHED', canKeep: true })
  await live(gateway, 21 * MINUTE_MS)
  expect(await showHold(ada, accountId)).toEqual({ heldReason: 'NOT_FINISHED', canKeep: true })
})

test('cancelling after the account was created still connects it', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  const accountId = await ada.typeKey(token, 'openai')
  expect(await ada.field(CANCEL, { flowId })).toMatchObject({
    flow: { status: 'SUCCEEDED', accountId },
  })
  expect(await showAccounts(ada)).toEqual([{ id: accountId, held: false }])
})

test('cancelling one of two flows leaves the account to the other', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const [left, kept] = [await ada.startConnecting('openai'), await ada.startConnecting('openai')]
  const accountId = await ada.typeKey(kept.token, 'openai')
  await ada.field(CANCEL, { flowId: left.flowId })
  expect((await ada.confirm(kept.flowId, accountId)).__typename).toBe('ConfirmedConnection')
})

test('a flow cannot be cancelled from another browser or by another user', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const { flowId } = await ada.startConnecting('openai')
  const elsewhere = await gateway.signIn('ada')
  const mallory = await gateway.signIn('mallory')
  expect((await elsewhere.field(CANCEL, { flowId })).__typename).toBe('StartedElsewhere')
  expect((await mallory.field(CANCEL, { flowId })).__typename).toBe('FlowNotFound')
  expect(await flowStatus(ada, flowId)).toBe('OPEN')
})

test('a health change is recorded once, by a read or by the sweep', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const accountId = await ada.connectOpenai()
  gateway.emulator.accounts.update(accountId, { healthy: false })
  await showAccounts(ada)
  await showAccounts(ada)
  gateway.emulator.accounts.update(accountId, { dead: true })
  await gateway.server.reconcile()
  gateway.advance(7 * HOUR_MS)
  await gateway.server.reconcile()
  await gateway.server.reconcile()
  const types = await eventTypes(ada)
  expect(types.filter((type) => type === 'ACCOUNT_HEALTH_CHANGED')).toHaveLength(2)
})

test('the sweep detects an account that was deleted at Pipedream', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const accountId = await ada.connectOpenai()
  const token = (await ada.startConnecting('slack')).token
  await gateway.emulator.fetch(
    new Request(`http://localhost:4010/v1/connect/accounts/${accountId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    }),
  )
  gateway.advance(7 * HOUR_MS)
  await gateway.server.reconcile()
  await gateway.server.reconcile()
  const types = await eventTypes(ada)
  expect(types.filter((type) => type === 'ACCOUNT_DISCONNECTED')).toHaveLength(1)
})

test('the finish page of a confirmed flow records nothing new', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  const url = await finishUrlOf(gateway, token)
  const accountId = await ada.typeKey(token, 'openai')
  await ada.confirm(flowId, accountId)
  await visit(gateway, url, ada)
  await visit(gateway, url, ada)
  expect(await eventTypes(ada)).toEqual(['FLOW_CREATED', 'FLOW_SUCCEEDED'])
})
