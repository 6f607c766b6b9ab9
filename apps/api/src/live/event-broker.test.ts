import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareOfRuns } from '../../../../scripts/test-options.ts'
import type { Event, Events } from '../store/events.ts'
import type { News } from '../store/engine.ts'
import { createEventBroker } from './event-broker.ts'

/** An event log whose pages and notifications arrive in an order that the scheduler chooses. */
function createSlowLog(scheduler: fc.Scheduler) {
  const recorded: Event[] = []
  const listeners = new Set<(news: News) => void>()
  const read = async (isSought: (event: Event) => boolean, limit: number) => {
    await scheduler.schedule(Promise.resolve(), 'read')
    const page = recorded.filter(isSought).slice(0, limit)
    await scheduler.schedule(Promise.resolve(), 'page')
    return page
  }
  const events: Pick<Events, 'listAfter' | 'listAllAfter' | 'onNews'> = {
    listAfter: ({ externalUserId, after = '0', limit }) =>
      read((event) => event.externalUserId === externalUserId && +event.id > +after, limit),
    listAllAfter: ({ after = '0', limit }) => read(({ id }) => +id > +after, limit),
    onNews(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  return {
    events,
    recorded,
    async record(externalUserId: string) {
      await scheduler.schedule(Promise.resolve(), 'commit')
      recorded.push(makeEvent(String(recorded.length + 1), externalUserId))
      await scheduler.schedule(Promise.resolve(), 'news')
      for (const listener of listeners) listener({ externalUserId, changesAccounts: true })
    },
  }
}

function makeEvent(id: string, externalUserId: string): Event {
  return {
    id,
    externalUserId,
    type: 'account_health_changed',
    flowId: null,
    accountId: null,
    app: null,
    viewerKind: null,
    actorId: null,
    reason: null,
    requestId: null,
    count: 1,
    at: new Date(0),
  }
}

const people = fc.constantFrom('ada', 'ada', 'ada', 'bob')

const subscriber = fc.record({
  /** Whose events; null: the events of all users. */
  externalUserId: fc.option(people, { nil: null, freq: 3 }),
  /** Where it starts, as a fraction of the events recorded by then. */
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  /** How many events it takes before it leaves. */
  stays: fc.option(fc.nat(2), { nil: Number.POSITIVE_INFINITY }),
})

type Run = typeof subscriber extends fc.Arbitrary<infer Value> ? Value : never

test('in any interleaving, each subscriber gets each event of its topic once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(people, { maxLength: 12 }),
      fc.array(subscriber, { minLength: 1, maxLength: 5 }),
      async (scheduler, commits, subscribers) => {
        const log = createSlowLog(scheduler)
        const broker = createEventBroker(log.events, () =>
          scheduler.schedule(Promise.resolve(), 'turn'),
        )
        const runs: { run: Run; after: number; taken: string[] }[] = []

        async function subscribe(run: Run): Promise<void> {
          await scheduler.schedule(Promise.resolve(), 'subscribe')
          const after = Math.floor(run.from * log.recorded.length)
          const taken: string[] = []
          runs.push({ run, after, taken })
          const subscription = broker.subscribe({
            externalUserId: run.externalUserId,
            after: String(after),
          })
          for await (const { id } of subscription) {
            taken.push(id)
            await scheduler.schedule(Promise.resolve(), 'take')
            if (taken.length >= run.stays) break
          }
        }

        for (const externalUserId of commits) void log.record(externalUserId)
        for (const run of subscribers) void subscribe(run)
        await scheduler.waitIdle()

        for (const { run, after, taken } of runs) {
          const own = log.recorded.filter(
            ({ id, externalUserId }) =>
              [null, externalUserId].includes(run.externalUserId) && +id > after,
          )
          const expected = own.map(({ id }) => id)
          expect(taken).toEqual(expected.slice(0, Math.max(run.stays, taken.length)))
          expect(taken.length).toBe(Math.min(expected.length, Math.max(run.stays, 1)))
        }
      },
    ),
    { numRuns: shareOfRuns(10_000) },
  )
})

/** An event log in memory that notifies immediately. */
function createQuickLog() {
  const recorded: Event[] = []
  const listeners = new Set<(news: News) => void>()
  const page = (isSought: (event: Event) => boolean, limit: number) =>
    Promise.resolve(recorded.filter(isSought).slice(0, limit))
  return {
    listAfter: ({ externalUserId, after = '0', limit }) =>
      page((event) => event.externalUserId === externalUserId && +event.id > +after, limit),
    listAllAfter: ({ after = '0', limit }) => page(({ id }) => +id > +after, limit),
    onNews(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    record(count: number) {
      for (let i = 0; i < count; i += 1) recorded.push(makeEvent(`${recorded.length + 1}`, 'ada'))
      for (const listener of listeners) listener({ externalUserId: 'ada', changesAccounts: true })
    },
  } satisfies Pick<Events, 'listAfter' | 'listAllAfter' | 'onNews'> & { record: unknown }
}

test('a subscription ends immediately when its consumer leaves, even while it waits for an event', async () => {
  const broker = createEventBroker(createQuickLog())
  const subscription = broker.subscribe({ externalUserId: 'ada', after: '0' })
  const next = subscription.next()
  await subscription.return()
  expect(await next).toEqual({ done: true, value: undefined })
  expect(await subscription.next()).toEqual({ done: true, value: undefined })
})

test('a consumer that falls far behind reads what it missed from the database', async () => {
  const log = createQuickLog()
  const subscription = createEventBroker(log).subscribe({ externalUserId: 'ada', after: '0' })
  const first = subscription.next()
  log.record(1)
  const taken = [await first]
  const second = subscription.next()
  // More than what waits for one consumer, while it takes nothing.
  for (let round = 0; round < 30; round += 1) {
    log.record(100)
    await new Promise(setImmediate)
  }
  taken.push(await second)
  while (taken.length < 3001) taken.push(await subscription.next())
  expect(taken.map(({ value }) => value?.id)).toEqual(taken.map((_, index) => `${index + 1}`))
  const last = subscription.next()
  log.record(1)
  expect((await last).value).toMatchObject({ id: '3002' })
})

test('an error of the database ends the subscription', async () => {
  const log = createQuickLog()
  const broker = createEventBroker({
    ...log,
    listAfter: () => Promise.reject(new Error('The database is down.')),
  })
  const subscription = broker.subscribe({ externalUserId: 'ada', after: '0' })
  await expect(subscription.next()).rejects.toThrow('The database is down.')
  expect(await subscription.next()).toEqual({ done: true, value: undefined })
})
