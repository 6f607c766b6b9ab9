import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Event, Events } from '../store/events.ts'
import type { News } from '../store/open-database.ts'
import { createFeed } from './create-feed.ts'

/** A log whose answers and news come when, and in the order in which, the scheduler lets them. */
function createSlowLog(scheduler: fc.Scheduler) {
  const recorded: Event[] = []
  const listeners = new Set<(news: News) => void>()
  const read = async (isSought: (event: Event) => boolean, limit: number) => {
    await scheduler.schedule(Promise.resolve(), 'ask')
    const page = recorded.filter(isSought).slice(0, limit)
    await scheduler.schedule(Promise.resolve(), 'answer')
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
      for (const listener of listeners) listener({ externalUserId })
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
    at: new Date(0),
  }
}

const people = fc.constantFrom('ada', 'ada', 'ada', 'bob')

const follower = fc.record({
  /** Whose events; null: everybody's. */
  externalUserId: fc.option(people, { nil: null, freq: 3 }),
  /** Where it begins, as a part of what there is by then. */
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  /** How many events it takes before it leaves. */
  stays: fc.option(fc.nat(2), { nil: Number.POSITIVE_INFINITY }),
})

type Run = typeof follower extends fc.Arbitrary<infer Value> ? Value : never

test('whatever the interleaving, each follower gets each event that it follows once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(people, { maxLength: 12 }),
      fc.array(follower, { minLength: 1, maxLength: 5 }),
      async (scheduler, commits, followers) => {
        const log = createSlowLog(scheduler)
        const feed = createFeed(log.events)
        const runs: { run: Run; after: number; taken: string[] }[] = []

        async function follow(run: Run): Promise<void> {
          await scheduler.schedule(Promise.resolve(), 'follow')
          const after = Math.floor(run.from * log.recorded.length)
          const taken: string[] = []
          runs.push({ run, after, taken })
          const stop = feed.follow({
            externalUserId: run.externalUserId,
            after: String(after),
            follower: {
              async take({ id }) {
                taken.push(id)
                if (taken.length >= run.stays) stop()
                await scheduler.schedule(Promise.resolve(), 'take')
              },
              ready: () => scheduler.schedule(Promise.resolve(), 'ready'),
              fail: (error) => expect.fail(String(error)),
            },
          })
        }

        for (const externalUserId of commits) void log.record(externalUserId)
        for (const run of followers) void follow(run)
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
    { numRuns: 10_000 },
  )
})
