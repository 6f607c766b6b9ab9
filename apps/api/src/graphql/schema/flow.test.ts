import { expect, test } from 'vitest'
import { sha256 } from '../../store/secrets.ts'
import type { Person } from '../../../test/fixtures/create-person.ts'
import { createTestGateway } from '../../../test/fixtures/create-test-gateway.ts'
import { createTimedGateway, eventTypes, showAccounts } from '../../../test/fixtures/follow-flow.ts'

const MINUTE_MS = 60_000

test('confirming closes the flow with its account', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  const accountId = await ada.typeKey(token, 'openai')
  expect(await ada.confirm(flowId, accountId)).toMatchObject({
    __typename: 'ConfirmedConnection',
    account: { id: accountId, app: { slug: 'openai' } },
    flow: { id: flowId, status: 'SUCCEEDED', accountId },
  })
  expect(await ada.accountIds()).toEqual([accountId])
})

test('a lost answer can be asked for again, also by two at once', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  const accountId = await ada.typeKey(token, 'openai')
  const answers = await Promise.all([
    ada.confirm(flowId, accountId),
    ada.confirm(flowId, accountId),
  ])
  expect(answers.map(({ __typename }) => __typename)).toEqual(Array(2).fill('ConfirmedConnection'))
  expect(await ada.confirm(flowId, accountId)).toMatchObject({ __typename: 'ConfirmedConnection' })
})

test('another browser of the same person cannot confirm', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  const accountId = await ada.typeKey(token, 'openai')
  const elsewhere = await signIn('ada')
  expect(await elsewhere.confirm(flowId, accountId)).toMatchObject({
    __typename: 'StartedElsewhere',
  })
  await elsewhere.startConnecting('openai')
  expect(await elsewhere.confirm(flowId, accountId)).toMatchObject({
    __typename: 'StartedElsewhere',
  })
})

test('another person’s flow does not exist', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  const accountId = await ada.typeKey(token, 'openai')
  const mallory = await signIn('mallory')
  expect(await mallory.confirm(flowId, accountId)).toMatchObject({ __typename: 'FlowNotFound' })
  expect(await mallory.query('query ($id: ID!) { flow(id: $id) { id } }', { id: flowId })).toEqual({
    flow: null,
  })
})

test('another person’s account, and one that does not exist, are not found', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  const accountId = await ada.connectOpenai()
  const mallory = await signIn('mallory')
  const { flowId } = await mallory.startConnecting('openai')
  for (const id of [accountId, 'apn_unknown', '../accounts', 'apn_x/../y', '']) {
    expect(await mallory.confirm(flowId, id)).toMatchObject({ __typename: 'AccountNotFound' })
  }
})

test('an account of another app, or of another flow, does not close this one', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  const accountId = await ada.connectOpenai()
  const slack = await ada.startConnecting('slack')
  expect(await ada.confirm(slack.flowId, accountId)).toMatchObject({
    __typename: 'AccountMismatch',
  })
  const openai = await ada.startConnecting('openai')
  expect(await ada.confirm(openai.flowId, accountId)).toMatchObject({
    __typename: 'AccountMismatch',
  })
})

test('a flow whose time is up cannot be confirmed', async () => {
  let now = new Date()
  const { signIn } = await createTestGateway({ now: () => now })
  const ada = await signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  const accountId = await ada.typeKey(token, 'openai')
  now = new Date(now.getTime() + 60 * MINUTE_MS)
  expect(await ada.confirm(flowId, accountId)).toMatchObject({ __typename: 'FlowClosed' })
  expect(await ada.query('query ($id: ID!) { flow(id: $id) { status } }', { id: flowId })).toEqual({
    flow: { status: 'EXPIRED' },
  })
})

test('a flow that a service started is confirmed by a service, and by no user', async () => {
  const key = 'emulator-service-key-for-these-tests'
  const { browser, signIn } = await createTestGateway({ serviceKeyHash: sha256(key) })
  const service = browser()
  service.headers.authorization = `Bearer ${key}`
  const started = await service.field(
    'mutation { createConnectToken(input: { app: "openai", externalUserId: "ada" }) { __typename ... on ConnectToken { token flow { id } } } }',
  )
  const { token, flow } = started as unknown as { token: string; flow: { id: string } }
  const accountId = await service.typeKey(token, 'openai')
  const ada = await signIn('ada')
  expect(await ada.confirm(flow.id, accountId)).toMatchObject({ __typename: 'FlowNotFound' })
  expect(await service.confirm(flow.id, accountId)).toMatchObject({
    __typename: 'ConfirmedConnection',
  })
})

test('a service neither sees nor confirms a flow that a user started', async () => {
  const key = 'emulator-service-key-for-these-tests'
  const { browser, signIn } = await createTestGateway({ serviceKeyHash: sha256(key) })
  const ada = await signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  const accountId = await ada.typeKey(token, 'openai')
  const service = browser()
  service.headers.authorization = `Bearer ${key}`
  const read = 'query ($id: ID!) { flow(id: $id) { status } }'
  expect(await service.query(read, { id: flowId })).toEqual({ flow: null })
  expect(await service.confirm(flowId, accountId)).toMatchObject({ __typename: 'FlowNotFound' })
})

test('an account that was there before the flow does not close it', async () => {
  const { signIn, emulator } = await createTestGateway()
  const createdAt = new Date(Date.now() - 60 * MINUTE_MS)
  const { accountIds } = emulator.seed({
    accounts: [{ app: 'openai', externalUserId: 'ada', createdAt }],
  })
  const ada = await signIn('ada')
  const { flowId } = await ada.startConnecting('openai')
  expect(await ada.confirm(flowId, accountIds[0] ?? '')).toMatchObject({
    __typename: 'AccountMismatch',
  })
})

test('a flow past its expiry is reported as expired', async () => {
  let now = new Date()
  const { signIn } = await createTestGateway({ now: () => now })
  const ada = await signIn('ada')
  const { flowId } = await ada.startConnecting('openai')
  now = new Date(now.getTime() + 60 * MINUTE_MS)
  expect(await ada.query('query ($id: ID!) { flow(id: $id) { status } }', { id: flowId })).toEqual({
    flow: { status: 'EXPIRED' },
  })
})

test('a planted cookie is no browser', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  ada.cookies.set('browser', 'planted')
  const { token, flowId } = await ada.startConnecting('openai')
  const accountId = await ada.typeKey(token, 'openai')
  ada.cookies.set('browser', 'planted')
  expect(await ada.confirm(flowId, accountId)).toMatchObject({ __typename: 'StartedElsewhere' })
})

const OPEN = `mutation ($flowId: ID!) { openFlow(input: { flowId: $flowId }) {
  __typename ... on OpenedFlow { flow { id status } } ... on FlowClosed { status } } }`

test('a flow is started when its browser says so, once, whatever it is asked again', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  expect(await eventTypes(ada)).toEqual(['FLOW_CREATED'])
  const answers = await Promise.all([ada.field(OPEN, { flowId }), ada.field(OPEN, { flowId })])
  const opened = { __typename: 'OpenedFlow', flow: { id: flowId, status: 'OPEN' } }
  expect([...answers, await ada.field(OPEN, { flowId })]).toEqual([opened, opened, opened])
  expect(await eventTypes(ada)).toEqual(['FLOW_CREATED', 'FLOW_OPENED'])
  const accountId = await ada.typeKey(token, 'openai')
  expect(await ada.confirm(flowId, accountId)).toMatchObject({ __typename: 'ConfirmedConnection' })
})

test('who may not confirm a flow may not open it', async () => {
  const { browser, signIn } = await createTestGateway()
  const ada = await signIn('ada')
  const { flowId } = await ada.startConnecting('openai')
  const asked: [Person, string][] = [
    [browser(), 'NotSignedIn'],
    [await signIn('mallory'), 'FlowNotFound'],
    [await signIn('ada'), 'StartedElsewhere'],
  ]
  for (const [person, __typename] of asked) {
    expect(await person.field(OPEN, { flowId })).toEqual({ __typename })
  }
  expect(await ada.field(OPEN, { flowId: 'unknown' })).toEqual({ __typename: 'FlowNotFound' })
  expect(await eventTypes(ada)).toEqual(['FLOW_CREATED'])
})

test('a flow that is over is not started any more', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const [late, left] = [await ada.startConnecting('openai'), await ada.startConnecting('openai')]
  await ada.query(`mutation { cancelFlow(input: { flowId: "${left.flowId}" }) { __typename } }`)
  expect(await ada.field(OPEN, { flowId: left.flowId })).toEqual({
    __typename: 'FlowClosed',
    status: 'CANCELLED',
  })
  gateway.advance(60 * MINUTE_MS)
  expect(await ada.field(OPEN, { flowId: late.flowId })).toEqual({
    __typename: 'FlowClosed',
    status: 'EXPIRED',
  })
  expect(await eventTypes(ada)).not.toContain('FLOW_OPENED')
})

test('the account that waits to be confirmed is known to its person, until it is', async () => {
  const gateway = await createTimedGateway()
  const [ada, mallory] = [await gateway.signIn('ada'), await gateway.signIn('mallory')]
  const { token, flowId } = await ada.startConnecting('openai')
  const heldBy = async (person: Person) =>
    (await person.query('query ($id: ID!) { flow(id: $id) { heldAccountId } }', { id: flowId }))[
      'flow'
    ]
  expect(await heldBy(ada)).toEqual({ heldAccountId: null })
  const accountId = await ada.typeKey(token, 'openai')
  expect(await showAccounts(ada)).toEqual([{ id: accountId, held: true }])
  expect(await heldBy(ada)).toEqual({ heldAccountId: accountId })
  expect(await heldBy(mallory)).toBeNull()
  await ada.confirm(flowId, accountId)
  expect(await heldBy(ada)).toEqual({ heldAccountId: null })
})

test('an account that is being removed no longer awaits confirmation', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  await ada.typeKey(token, 'openai')
  await showAccounts(ada)
  gateway.advance(60 * MINUTE_MS)
  expect(
    await ada.query('query ($id: ID!) { flow(id: $id) { status heldAccountId } }', { id: flowId }),
  ).toEqual({ flow: { status: 'EXPIRED', heldAccountId: null } })
})
