import { parse, subscribe } from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../graphql/schema/index.ts'
import { createEvents } from '../store/events.ts'
import { openDatabase } from '../store/open-database.ts'
import { createEventBroker } from './event-broker.ts'
import { EventResults } from './event-results.ts'
import { createSharedExecution } from './shared-execution.ts'

const document = parse('subscription { connectionEvents { ... on ConnectionEvent { accountId } } }')

/** What a subscription of a user is made of, outside of any server. */
async function createSubscriber() {
  const events = createEvents(await openDatabase(':memory:'), () => new Date())
  const broker = createEventBroker(events)
  const argsOf = (externalUserId: string, kind: 'user' | 'operator' = 'user') => ({
    schema,
    document,
    contextValue: { viewer: { kind, externalUserId }, events, live: { broker } },
  })
  const record = (externalUserId: string, accountId: string) =>
    events.record({ type: 'account_health_changed', externalUserId, accountId })
  return { argsOf, record }
}

test('the resolver yields each event, to graphql’s own executor too', async () => {
  const { argsOf, record } = await createSubscriber()
  const results = await subscribe(argsOf('ada'))
  if (!(Symbol.asyncIterator in results)) throw new Error('Nothing was subscribed to.')
  const next = results.next()
  await record('ada', 'apn_1')
  await record('ada', 'apn_2')
  expect((await next).value).toEqual({ data: { connectionEvents: { accountId: 'apn_1' } } })
  expect((await results.next()).value).toEqual({
    data: { connectionEvents: { accountId: 'apn_2' } },
  })
  await results.return?.()
})

test('subscribers of one viewer that select the same share a result', async () => {
  const { argsOf, record } = await createSubscriber()
  const run = createSharedExecution({})
  // A variable that the operation does not declare has no effect.
  const withUnused = { ...argsOf('ada'), variableValues: { unused: 'x' } }
  const all = await Promise.all([argsOf('ada'), withUnused, argsOf('bob')].map(run))
  const [one, other, stranger] = all.filter((results) => results instanceof EventResults)
  const nexts = Promise.all([one?.next(), other?.next()])
  const notHis = stranger?.next()
  await record('ada', 'apn_1')
  const [first, same] = await nexts
  expect(first?.value).toMatchObject({ id: '1', result: { data: { connectionEvents: {} } } })
  expect(same?.value).toBe(first?.value)
  await stranger?.return()
  expect(await notHis).toEqual({ done: true, value: undefined })
})

test('viewers of one topic do not share a result', async () => {
  const { argsOf, record } = await createSubscriber()
  const run = createSharedExecution({})
  const both = await Promise.all([argsOf('ada'), argsOf('ada', 'operator')].map(run))
  const [user, operator] = both.filter((results) => results instanceof EventResults)
  const nexts = Promise.all([user?.next(), operator?.next()])
  await record('ada', 'apn_1')
  const [own, other] = await nexts
  expect(other?.value).toEqual(own?.value)
  expect(other?.value).not.toBe(own?.value)
})
