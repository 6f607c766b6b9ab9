import { describe, expect, test } from 'vitest'
import { sha256 } from '../../store/secrets.ts'
import { createLiveTestGateway } from '../../../test/fixtures/create-live-gateway.ts'
import { subscribe } from '../../../test/fixtures/subscribe.ts'

const SERVICE_KEY = 'emulator-service-key-of-32-letters'

const accountIdsOf = (events: { accountId?: unknown }[]) => events.map((event) => event.accountId)

interface EventPage {
  nodes: { id: string; accountId: string }[]
  pageInfo: { endCursor: string | null; hasNextPage: boolean }
}

const LIST = `query ($first: Int! $after: ID $order: EventOrder! = OLDEST_FIRST) {
  viewer { events(first: $first, after: $after, order: $order) {
  __typename
  ... on ConnectionEventConnection { nodes { id type accountId } pageInfo { endCursor hasNextPage } }
  ... on Error { message } } } }`

describe('subscribing', () => {
  test('a connection is heard of in the person’s other tab', async () => {
    const { signIn } = await createLiveTestGateway()
    const ada = await signIn('ada')
    const stream = await subscribe(ada)
    const accountId = await ada.connectOpenai()
    const [started, connected] = await stream.take(2)
    expect(started).toMatchObject({ type: 'FLOW_CREATED', app: 'openai' })
    expect(connected).toMatchObject({ type: 'FLOW_SUCCEEDED', accountId, flowId: started?.flowId })
    await stream.leave()
  })

  test('one hears of one’s own connections alone', async () => {
    const { signIn, happen } = await createLiveTestGateway()
    const stream = await subscribe(await signIn('ada'))
    await happen('bob', 'apn_bob')
    await happen('Ada', 'apn_other')
    await happen('ada', 'apn_ada')
    expect(accountIdsOf(await stream.take(1))).toEqual(['apn_ada'])
  })

  test('an operator too', async () => {
    const { signIn, happen } = await createLiveTestGateway()
    const stream = await subscribe(await signIn('olga', 'operator'))
    await happen('ada', 'apn_ada')
    await happen('olga', 'apn_olga')
    expect(accountIdsOf(await stream.take(1))).toEqual(['apn_olga'])
  })

  test('it begins now', async () => {
    const { signIn, happen } = await createLiveTestGateway()
    const ada = await signIn('ada')
    await happen('ada', 'apn_1')
    const stream = await subscribe(ada)
    await happen('ada', 'apn_2')
    expect(accountIdsOf(await stream.take(1))).toEqual(['apn_2'])
  })

  test('or after an event that one has seen, however long ago', async () => {
    const { signIn, happen } = await createLiveTestGateway()
    const ada = await signIn('ada')
    await Promise.all(Array.from({ length: 250 }, (_, index) => happen('ada', `apn_${index}`)))
    const first = await subscribe(ada, { after: '0' })
    const seen = await first.take(10)
    await first.leave()
    const second = await subscribe(ada, { after: seen.at(-1)?.id })
    const rest = await second.take(240)
    await happen('ada', 'apn_last')
    expect(accountIdsOf([...seen, ...rest, ...(await second.take(1))])).toEqual([
      ...Array.from({ length: 250 }, (_, index) => `apn_${index}`),
      'apn_last',
    ])
  })

  test('a reader resumes by the header, which beats the first request that it repeats', async () => {
    const { signIn, happen } = await createLiveTestGateway()
    const ada = await signIn('ada')
    const opened = await subscribe(ada)
    await happen('ada', 'apn_1')
    const sent = await opened.next()
    expect(sent).toMatchObject({ event: 'next', id: sent?.data?.id })
    await opened.leave()
    await happen('ada', 'apn_2')
    const stream = await subscribe(ada, { after: '0', lastEventId: sent?.id })
    expect(accountIdsOf(await stream.take(1))).toEqual(['apn_2'])
  })

  test('the place to resume from is known before the first event', async () => {
    const { signIn, happen } = await createLiveTestGateway()
    const ada = await signIn('ada')
    await happen('ada', 'apn_1')
    const opened = await subscribe(ada)
    const lastEventId = /^id: (\d+)$/m.exec((await opened.read()) ?? '')?.[1]
    await opened.leave()
    await happen('ada', 'apn_2')
    const stream = await subscribe(ada, { lastEventId })
    expect(accountIdsOf(await stream.take(1))).toEqual(['apn_2'])
  })

  test.each(['', 'garbage', '-1', '1.5', '99999999999999', '9'.repeat(400), '0 or 1=1'])(
    'after %j, which is no event, is a typed error',
    async (after) => {
      const { signIn } = await createLiveTestGateway()
      const stream = await subscribe(await signIn('ada'), { after })
      expect((await stream.next())?.data).toMatchObject({ __typename: 'InvalidInput' })
      expect(await stream.next()).toMatchObject({ event: 'complete' })
      expect(await stream.next()).toBeUndefined()
    },
  )

  test('an anonymous viewer must sign in, and a service has no accounts', async () => {
    const { browser } = await createLiveTestGateway({ serviceKeyHash: sha256(SERVICE_KEY) })
    const anonymous = await subscribe(browser())
    expect((await anonymous.next())?.data).toMatchObject({ __typename: 'NotSignedIn' })
    expect(await anonymous.next()).toMatchObject({ event: 'complete' })
    const service = browser()
    service.headers.authorization = `Bearer ${SERVICE_KEY}`
    const stream = await subscribe(service)
    expect((await stream.next())?.data).toMatchObject({ __typename: 'NotAllowed' })
  })

  test('an answer in JSON cannot go on and on, so it is refused', async () => {
    const { signIn } = await createLiveTestGateway()
    const response = await (
      await signIn('ada')
    ).post(
      '/graphql',
      { query: 'subscription { connectionEvents { __typename } }' },
      { accept: 'application/json' },
    )
    expect(response.status).toBe(406)
    expect(await response.text()).toContain('text/event-stream')
  })

  test('each subscriber gets the fields that it selected', async () => {
    const { signIn, happen } = await createLiveTestGateway()
    const ada = await signIn('ada')
    const query = 'subscription { connectionEvents { ... on ConnectionEvent { kind: type } } }'
    const [small, full] = [await subscribe(ada, { query }), await subscribe(ada)]
    await happen('ada', 'apn_1')
    expect(await small.take(1)).toEqual([{ kind: 'ACCOUNT_HEALTH_CHANGED' }])
    expect(accountIdsOf(await full.take(1))).toEqual(['apn_1'])
  })
})

describe('reading what happened', () => {
  test.each([
    { order: 'OLDEST_FIRST', ids: ['apn_1', 'apn_2', 'apn_3'] },
    { order: 'NEWEST_FIRST', ids: ['apn_3', 'apn_2', 'apn_1'] },
    { order: undefined, ids: ['apn_1', 'apn_2', 'apn_3'] },
  ])('one’s own, page by page: $order', async ({ order, ids }) => {
    const { signIn, happen } = await createLiveTestGateway()
    const ada = await signIn('ada')
    for (const id of ['apn_1', 'apn_2', 'apn_3']) {
      await happen('ada', id)
      await happen('bob', `${id}_of_bob`)
    }
    const read = async (after?: string | null) => {
      const { viewer } = await ada.query(LIST, { first: 2, after, order })
      return (viewer as { events: EventPage }).events
    }
    const first = await read()
    expect(accountIdsOf(first.nodes)).toEqual(ids.slice(0, 2))
    expect(first.pageInfo).toEqual({ endCursor: first.nodes[1]?.id, hasNextPage: true })
    const second = await read(first.pageInfo.endCursor)
    expect(accountIdsOf(second.nodes)).toEqual(ids.slice(2))
    expect(second.pageInfo).toEqual({ endCursor: null, hasNextPage: false })
  })

  test.each([{ first: 2, after: 'garbage' }, { first: 0 }, { first: 101 }])(
    '%j is a typed error',
    async (page) => {
      const { signIn } = await createLiveTestGateway()
      expect(await (await signIn('ada')).query(LIST, page)).toMatchObject({
        viewer: { events: { __typename: 'InvalidInput' } },
      })
    },
  )
})
