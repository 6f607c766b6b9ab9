import { expect, test } from 'vitest'
import { createMetrics } from '../../observability/metrics.ts'
import { createLiveTestGateway } from '../../../test/fixtures/create-live-gateway.ts'
import { subscribe } from '../../../test/fixtures/subscribe.ts'

const FOLLOW = `subscription ($after: ID) { operatorEvents(after: $after) {
  __typename ... on OperatorEvent { id type externalUserId accountId supportCode } ... on Error { message } } }`
const HEALTH = `{ operator { ... on Operator {
  health { upstream { state } database { isUp isMigrated writesWaiting } subscriptions { open } }
  upstreamLatency { operation count failed p50Ms } } } }`

test('an operator receives the events of all users, each once and in order, and resumes', async () => {
  const { signIn, happen } = await createLiveTestGateway()
  const olga = await signIn('olga', 'operator')
  const stream = await subscribe(olga, { query: FOLLOW })
  await happen('ada', 'apn_1')
  await happen('bob', 'apn_2')
  const heard = await stream.take(2)
  expect(heard).toMatchObject([
    { __typename: 'OperatorEvent', externalUserId: 'ada', accountId: 'apn_1' },
    { externalUserId: 'bob', accountId: 'apn_2' },
  ])
  await stream.leave()
  await happen('carl', 'apn_3')
  const again = await subscribe(olga, { query: FOLLOW, after: heard[1]?.id })
  expect(await again.take(1)).toMatchObject([{ externalUserId: 'carl' }])
})

test('events without a user are received too', async () => {
  const { signIn } = await createLiveTestGateway()
  const olga = await signIn('olga', 'operator')
  const stream = await subscribe(olga, { query: FOLLOW })
  await olga.query('mutation { oauthToken { __typename } }')
  const ada = await signIn('ada')
  await ada.startConnecting('openai')
  expect((await stream.take(2)).map(({ type }) => type)).toEqual([
    'ACCESS_TOKEN_CREATED',
    'FLOW_CREATED',
  ])
})

test('the operator’s own connections are still followed by themselves', async () => {
  const { signIn, happen } = await createLiveTestGateway()
  const olga = await signIn('olga', 'operator')
  const [own, all] = [await subscribe(olga), await subscribe(olga, { query: FOLLOW })]
  await happen('ada', 'apn_ada')
  await happen('olga', 'apn_olga')
  expect((await own.take(1)).map(({ accountId }) => accountId)).toEqual(['apn_olga'])
  expect((await all.take(2)).map(({ accountId }) => accountId)).toEqual(['apn_ada', 'apn_olga'])
})

test('a user who is no longer an operator receives nothing more', async () => {
  const { signIn, tick } = await createLiveTestGateway()
  const olga = await signIn('olga', 'operator')
  const stream = await subscribe(olga, { query: FOLLOW })
  await stream.read()
  await olga.post('/auth/sign-out', {})
  tick()
  expect(await stream.next()).toMatchObject({ event: 'complete' })
})

test('health says how upstream, the database and the streams are, and latency how fast calls were', async () => {
  const metrics = createMetrics()
  const { signIn, breaker, intercept } = await createLiveTestGateway({ metrics })
  const olga = await signIn('olga', 'operator')
  const stream = await subscribe(olga, { query: FOLLOW })
  metrics.upstreamCallCompleted({
    operation: 'GET /v1/connect/:id/apps',
    status: 200,
    seconds: 0.03,
  })
  expect(await olga.query(HEALTH)).toMatchObject({
    operator: {
      health: {
        upstream: { state: 'UP' },
        database: { isUp: true, isMigrated: true, writesWaiting: expect.any(Number) },
        subscriptions: { open: 1 },
      },
      upstreamLatency: [{ operation: 'GET /v1/connect/:id/apps', count: 1, failed: 0 }],
    },
  })
  await stream.leave()
  intercept(() => Response.json({}, { status: 503, headers: { 'retry-after': '60' } }))
  while (breaker.state === 'closed') await olga.query('{ apps { __typename } }')
  expect(await olga.query(HEALTH)).toMatchObject({
    operator: { health: { upstream: { state: 'DOWN' }, subscriptions: { open: 0 } } },
  })
})
