import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson, type Person } from '../../test/fixtures/create-person.ts'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'
import { engines, type Place } from '../../test/fixtures/engines.ts'
import { subscribe } from '../../test/fixtures/subscribe.ts'
import type { ServerDeps } from '../server.ts'
import { createEvents, type Event } from './events.ts'
import { type Database, openDatabase } from './open-database.ts'
import { createRefusalLog } from './refusal-log.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const MINUTE_MS = 60_000

const EVENTS = `{ viewer { events { ... on ConnectionEventConnection { nodes { type count reason } } } } }`

async function listEvents(person: Person): Promise<Partial<Event>[]> {
  const { viewer } = (await person.query(EVENTS)) as {
    viewer: { events: { nodes: Partial<Event>[] } }
  }
  return viewer.events.nodes
}

const confirmNothing = (person: Person) => person.confirm('no-flow', 'apn_unknown')
const times = <Result>(count: number, run: () => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, run))

describe.each(engines)('on $name', ({ makePlace }) => {
  let place: Place
  let database: Database

  beforeAll(async () => {
    place = await makePlace()
    database = await openDatabase(place.location)
  })
  afterAll(async () => {
    await database.close()
    await place.remove()
  })

  async function createGateway(deps: Partial<ServerDeps> = {}) {
    let passed = 0
    const now = () => new Date(Date.now() + passed)
    const gateway = await createTestGateway({ database, now, ...deps })
    return { ...gateway, now, pass: (ms: number) => void (passed += ms) }
  }

  test('100 refusals of a user in a minute are a few events and a number', async () => {
    const { server, signIn, pass } = await createGateway()
    const [ada, grace] = [await signIn('ada'), await signIn('grace')]
    for (let round = 0; round < 10; round += 1) await times(10, () => confirmNothing(ada))
    await confirmNothing(grace)
    expect(await listEvents(ada)).toHaveLength(5)
    await server.maintain()
    expect(await listEvents(ada)).toHaveLength(5)
    pass(MINUTE_MS)
    await server.maintain()
    const refused = { type: 'CONFIRMATION_REFUSED', reason: 'FlowNotFound' }
    expect(await listEvents(ada)).toEqual([
      ...Array.from({ length: 5 }, () => ({ ...refused, count: 1 })),
      { ...refused, count: 95 },
    ])
    expect(await listEvents(grace)).toEqual([{ ...refused, count: 1 }])
    await server.maintain()
    expect(await listEvents(ada)).toHaveLength(6)
  })

  test('a database that is closed has recorded the number of refusals', async () => {
    const own = await makePlace()
    const { server, emulator } = await createTestGateway({
      database: await openDatabase(own.location),
    })
    const bob = createPerson(server, emulator)
    await bob.post('/auth/demo', { externalUserId: 'bob', role: 'user' })
    await times(50, () => confirmNothing(bob))
    await server.close()
    const again = await openDatabase(own.location)
    const events = await createEvents(again, () => new Date()).listAllAfter({ limit: 100 })
    expect(events.reduce((sum, { count }) => sum + count, 0)).toBe(50)
    await again.close()
    await own.remove()
  })

  test('events are deleted after their time, and subscriptions and cursors survive it', async () => {
    const { server, signIn, pass, now } = await createGateway({ eventsKeptMs: DAY_MS })
    const carl = await signIn('carl')
    const events = createEvents(database, now)
    const happen = (accountId: string) =>
      events.record({ type: 'account_health_changed', externalUserId: 'carl', accountId })
    await database.commit(async ({ append }) => {
      for (let n = 0; n < 1100; n += 1) {
        append({ type: 'account_health_changed', externalUserId: 'carl', at: now() })
      }
    })
    const after = await events.lastId()
    pass(2 * DAY_MS)
    await happen('apn_new')
    const stream = await subscribe(carl, { after })
    expect(await stream.take(1)).toMatchObject([{ accountId: 'apn_new' }])
    await server.maintain()
    expect(await listEvents(carl)).toHaveLength(1)
    await happen('apn_newest')
    expect(await stream.take(1)).toMatchObject([{ accountId: 'apn_newest' }])
    const again = await subscribe(carl, { after })
    expect(await again.take(2)).toMatchObject([
      { accountId: 'apn_new' },
      { accountId: 'apn_newest' },
    ])
    pass(2 * DAY_MS)
    await server.maintain()
    const left = await events.listAllAfter({ limit: 100 })
    expect(left).toMatchObject([{ accountId: 'apn_newest' }])
    await stream.leave()
    await again.leave()
  })

  test('a subscription after an event that is deleted says that events are missing', async () => {
    const { server, signIn, pass, now } = await createGateway({ eventsKeptMs: DAY_MS })
    const emil = await signIn('emil')
    const events = createEvents(database, now)
    const happen = () => events.record({ type: 'account_disconnected', externalUserId: 'emil' })
    await happen()
    const after = await events.lastId()
    for (let count = 0; count < 5; count += 1) await happen()
    const before = await events.lastId()
    pass(2 * DAY_MS)
    await happen()
    await server.maintain()
    expect(await events.mayHaveDeletedAfter(after)).toBe(true)
    expect(await events.mayHaveDeletedAfter(before)).toBe(false)
    const stream = await subscribe(emil, { after })
    expect(await stream.take(1)).toMatchObject([{ __typename: 'EventsSkipped' }])
  })

  test.each([1, 1100])(
    '%d events from when the clock was ahead do not stop the deletion of others',
    async (ahead) => {
      const { server, pass, now } = await createGateway({ eventsKeptMs: DAY_MS })
      const events = createEvents(database, now)
      const about = { type: 'account_disconnected', externalUserId: `fay ${ahead}` } as const
      pass(400 * DAY_MS)
      await events.recordAll(Array.from({ length: ahead }, () => about))
      pass(-399 * DAY_MS)
      await events.recordAll(Array.from({ length: 5 }, () => about))
      pass(2 * DAY_MS)
      await events.record(about)
      await server.maintain()
      const { externalUserId } = about
      expect(await events.listAfter({ externalUserId, limit: 2000 })).toHaveLength(1)
    },
  )

  test('summaries are one commit, and none is lost if it fails', async () => {
    const events = createEvents(database, () => new Date())
    let isDown = false
    const log = createRefusalLog(
      {
        ...events,
        recordAll: (all) => (isDown ? Promise.reject(new Error('down')) : events.recordAll(all)),
      },
      () => new Date(),
    )
    const users = Array.from({ length: 50 }, (_, index) => `refused-${index}`)
    for (const externalUserId of users) {
      await times(8, () => log.record({ type: 'flow_refused', externalUserId }))
    }
    isDown = true
    await expect(log.flush('all')).rejects.toThrow('down')
    isDown = false
    const before = database.transactions
    await log.flush('all')
    expect(database.transactions - before).toBe(1)
    for (const externalUserId of users) {
      const found = await events.listAfter({ externalUserId, limit: 100 })
      expect(found.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1, 3])
    }
  })

  test('without a retention time events stay, and nothing but the retention can delete them', async () => {
    const { server, signIn, pass } = await createGateway()
    const dora = await signIn('dora')
    await confirmNothing(dora)
    pass(6 * DAY_MS)
    await server.maintain()
    expect(await listEvents(dora)).toHaveLength(1)
    const deletion = database.commit(({ tables }) => tables.deleteFrom('events').execute())
    await expect(deletion).rejects.toThrow('never')
    const { server: withRetention } = await createGateway({ eventsKeptMs: DAY_MS })
    await withRetention.maintain()
    const later = database.commit(({ tables }) => tables.deleteFrom('events').execute())
    await expect(later).rejects.toThrow('never')
  })
})

test('no refusal is lost or counted twice, in any order of refusals, time and flushes', async () => {
  const act = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('ada', 'bob') },
    fc.integer({ min: 1, max: 90_000 }),
    fc.constant('flush' as const),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 60 }), async (acts) => {
      let time = 0
      const recorded: { externalUserId?: string | null | undefined; count?: number | undefined }[] =
        []
      const log = createRefusalLog(
        {
          record: async (event) => void recorded.push(event),
          recordAll: async (events) => void recorded.push(...events),
        },
        () => new Date(time),
      )
      for (const one of acts) {
        if (typeof one === 'number') time += one
        else if (one === 'flush') await log.flush()
        else await log.record({ type: 'flow_refused', viewerKind: 'user', externalUserId: one })
      }
      await log.flush('all')
      for (const who of ['ada', 'bob']) {
        const own = recorded.filter(({ externalUserId }) => externalUserId === who)
        const count = own.reduce((sum, event) => sum + (event.count ?? 1), 0)
        expect(count).toBe(acts.filter((one) => one === who).length)
      }
    }),
  )
})
