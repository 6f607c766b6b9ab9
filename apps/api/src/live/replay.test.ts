import { describe, expect, onTestFinished, test } from 'vitest'
import { createLiveTestGateway } from '../../test/fixtures/create-live-gateway.ts'
import { engines } from '../../test/fixtures/engines.ts'
import { subscribe } from '../../test/fixtures/subscribe.ts'
import { type Database, openDatabase } from '../store/open-database.ts'

const BATCH = 1000
const PAGE = 100

const SUBSCRIBE = `subscription ($after: ID) { connectionEvents(after: $after) {
  __typename ... on ConnectionEvent { id accountId } ... on EventsSkipped { lastEventId } } }`

/** Records events of ada's account. */
async function record(database: Database, count: number): Promise<void> {
  for (let left = count; left > 0; left -= BATCH) {
    await database.commit(async ({ append }) => {
      for (let n = 0; n < Math.min(left, BATCH); n += 1) {
        append({ type: 'account_health_changed', at: new Date(), externalUserId: 'ada' })
      }
    })
  }
}

/** Counts the turns of the event loop until a task is done. */
async function countTurns(task: Promise<unknown>): Promise<number> {
  let turns = 0
  const count = () => {
    turns += 1
    next = setImmediate(count)
  }
  let next = setImmediate(count)
  await task
  clearImmediate(next)
  return turns
}

describe.each(engines)('$name', ({ makePlace }) => {
  async function createGateway() {
    const { location, remove } = await makePlace()
    const database = await openDatabase(location)
    onTestFinished(async () => {
      await database.close()
      await remove()
    })
    return { database, ...(await createLiveTestGateway({ database })) }
  }

  test('while 20 subscribers read what they missed, the event loop turns for every page', async () => {
    const { database, signIn } = await createGateway()
    await record(database, BATCH)
    const ada = await signIn('ada')
    const streams = await Promise.all(
      Array.from({ length: 20 }, () => subscribe(ada, { after: '0', query: SUBSCRIBE })),
    )
    const taken = Promise.all(streams.map((stream) => stream.take(BATCH)))
    expect(await countTurns(taken)).toBeGreaterThan(20 * (BATCH / PAGE - 2))
    for (const events of await taken) expect(new Set(events.map(({ id }) => id)).size).toBe(BATCH)
  })

  test('another request gets its answer before a subscriber has read everything', async () => {
    const { database, signIn, browser } = await createGateway()
    await record(database, BATCH)
    const stream = await subscribe(await signIn('ada'), { after: '0', query: SUBSCRIBE })
    const order: string[] = []
    const replay = stream.take(BATCH).then(() => order.push('replay'))
    // It waits for nothing but the event loop.
    const other = new Promise((resolve) => setImmediate(resolve))
      .then(() => browser().query('{ __typename }'))
      .then(() => order.push('other request'))
    await Promise.all([replay, other])
    expect(order).toEqual(['other request', 'replay'])
  })

  test('a page that missed 60,000 events is told to read its lists, and continues from there', async () => {
    const { database, signIn, happen } = await createGateway()
    const ada = await signIn('ada')
    await record(database, BATCH)
    const few = await subscribe(ada, { after: '0', query: SUBSCRIBE })
    expect(await few.take(BATCH)).toHaveLength(BATCH)
    await few.leave()
    await record(database, 60_000 - BATCH)
    const stream = await subscribe(ada, { after: '0', query: SUBSCRIBE })
    const [skipped] = await stream.take(1)
    expect(skipped).toMatchObject({ __typename: 'EventsSkipped' })
    expect((await stream.next())?.event).toBe('complete')
    const again = await subscribe(ada, { after: String(skipped?.lastEventId), query: SUBSCRIBE })
    await again.read()
    await happen('ada', 'apn_new')
    expect(await again.take(1)).toMatchObject([{ accountId: 'apn_new' }])
  })

  test('events of other users do not count', async () => {
    const { database, signIn, happen } = await createGateway()
    await record(database, BATCH + 1)
    await happen('grace', 'apn_1')
    const stream = await subscribe(await signIn('grace'), { after: '0', query: SUBSCRIBE })
    expect(await stream.take(1)).toMatchObject([{ accountId: 'apn_1' }])
  })

  test('an operator who missed many events of all users is told so too', async () => {
    const { database, signIn } = await createGateway()
    await record(database, BATCH + 1)
    const query = 'subscription { operatorEvents(after: "0") { __typename } }'
    const stream = await subscribe(await signIn('root', 'operator'), { query })
    expect(await stream.take(1)).toEqual([{ __typename: 'EventsSkipped' }])
  })
})
