import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../store/open-database.ts'
import { createEvents } from '../../store/events.ts'
import { createFlows, type NewFlow } from '../../store/flows.ts'
import type { Person } from '../../../test/fixtures/create-person.ts'
import { createTestGateway, type TestGateway } from '../../../test/fixtures/create-test-gateway.ts'
import { engines, type Place } from '../../../test/fixtures/engines.ts'
import { newFlow } from '../../../test/fixtures/new-flow.ts'

const NOW = new Date('2030-01-10T12:30:00.000Z')
const MINUTE_MS = 60_000

const STATISTICS = `query ($hours: Int!) { operator { ... on Operator { statistics(hours: $hours) {
  __typename
  ... on FlowStatistics {
    since
    counts { ...counts }
    timeToConnect { count p50Ms p90Ms p99Ms }
    periods { at counts { started succeeded } timeToConnect { count p50Ms } }
    apps { app counts { ...counts } }
    errors { type app reason count } }
  ... on InvalidInput { field } } } } }
fragment counts on FlowCounts { started open succeeded failed cancelled expired successRate }`

interface Period {
  at: string
  counts: { started: number; succeeded: number }
  timeToConnect: { count: number; p50Ms: number | null }
}

describe.each(engines)('on $name', ({ makePlace }) => {
  let place: Place
  let database: Database
  let gateway: TestGateway
  let olga: Person

  beforeAll(async () => {
    place = await makePlace()
    database = await openDatabase(place.location)
    gateway = await createTestGateway({ database, now: () => NOW })
    olga = await gateway.signIn('olga', 'operator')
    await fill(database)
  })
  afterAll(async () => {
    await gateway.server.close()
    await place.remove()
  })

  const read = async (hours: number) => {
    const { operator } = await olga.query(STATISTICS, { hours })
    return (operator as { statistics: Record<string, unknown> }).statistics
  }

  test('the last day counts what was started in it, and what became of that', async () => {
    const statistics = await read(24)
    const counts = { open: 1, succeeded: 10, failed: 1, cancelled: 1, expired: 0 }
    expect(statistics).toMatchObject({
      since: '2030-01-09T13:00:00.000Z',
      counts: { started: 13, ...counts, successRate: 10 / 12 },
      apps: [
        { app: 'slack', counts: { started: 10, succeeded: 10, successRate: 1 } },
        { app: 'openai', counts: { started: 3, succeeded: 0, successRate: 0 } },
      ],
    })
  })

  test('times are nearest ranks, exact to the millisecond', async () => {
    expect((await read(24))['timeToConnect']).toEqual({
      count: 10,
      p50Ms: 5001,
      p90Ms: 9001,
      p99Ms: 10_001,
    })
  })

  test('hours come one after the other, also those in which nothing was started', async () => {
    const periods = (await read(24))['periods'] as Period[]
    expect(periods).toHaveLength(24)
    expect(periods[0]?.at).toBe('2030-01-09T13:00:00.000Z')
    expect(periods.at(-1)).toEqual({
      at: '2030-01-10T12:00:00.000Z',
      counts: { started: 3, succeeded: 0 },
      timeToConnect: { count: 0, p50Ms: null },
    })
    expect(periods.at(-2)).toEqual({
      at: '2030-01-10T11:00:00.000Z',
      counts: { started: 10, succeeded: 10 },
      timeToConnect: { count: 10, p50Ms: 5001 },
    })
    expect(periods.at(-3)?.counts).toEqual({ started: 0, succeeded: 0 })
  })

  test('more than two days come by the day', async () => {
    const statistics = await read(72)
    const periods = statistics['periods'] as Period[]
    expect(periods.map(({ at, counts: { started } }) => [at, started])).toEqual([
      ['2030-01-08T00:00:00.000Z', 0],
      ['2030-01-09T00:00:00.000Z', 1],
      ['2030-01-10T00:00:00.000Z', 13],
    ])
    expect(statistics['counts']).toMatchObject({ started: 14, expired: 1 })
  })

  test('what went wrong is counted by app and reason', async () => {
    expect((await read(24))['errors']).toEqual([
      { type: 'FLOW_REFUSED', app: null, reason: 'UnknownApp', count: 3 },
      { type: 'FLOW_FAILED', app: 'openai', reason: 'popup_blocked', count: 1 },
    ])
  })

  test('without a flow there is no rate and no time', async () => {
    expect(await read(1)).toMatchObject({ counts: { started: 3 }, timeToConnect: { p50Ms: null } })
  })

  test.each([0, -1, 2161])('%i hours are a typed error', async (hours) => {
    expect(await read(hours)).toEqual({ __typename: 'InvalidInput', field: 'hours' })
  })
})

/** Ten flows that took 1 to 10 seconds and a millisecond, three of another app that failed, an old one, and three that were no attempts. */
async function fill(database: Database): Promise<void> {
  let now = NOW
  const flows = createFlows(database, () => now)
  const create = async (app: string, minutesAgo: number, start: Partial<NewFlow> = {}) => {
    now = new Date(NOW.getTime() - minutesAgo * MINUTE_MS)
    const flow = newFlow({ app, externalUserId: 'ada', createdAt: now, ...start })
    const { id } = await flows.create(flow)
    return id
  }
  const begin = async (app: string, minutesAgo: number) => {
    const id = await create(app, minutesAgo)
    await flows.open(id)
    return id
  }
  for (let seconds = 1; seconds <= 10; seconds += 1) {
    // What happens before the page opens is no part of the time.
    const id = await create('slack', 61)
    now = new Date(now.getTime() + MINUTE_MS)
    await flows.open(id)
    now = new Date(now.getTime() + seconds * 1000 + 1)
    await flows.succeed(id, `apn_${seconds}`)
  }
  await flows.fail(await begin('openai', 3), { reason: 'popup_blocked' })
  await flows.cancel(await create('openai', 2))
  await begin('openai', 1)
  await flows.expire(await begin('openai', 30 * 60))
  await create('github', 1, { browserHash: null })
  const ofService = {
    browserHash: null,
    codeChallenge: 'challenge',
    viewerKind: 'service',
  } as const
  for (const unused of [{ browserHash: null }, ofService]) {
    await flows.expire(await create('github', 30, unused))
  }
  now = NOW
  const events = createEvents(database, () => now)
  for (let count = 0; count < 3; count += 1) {
    await events.record({ type: 'flow_refused', externalUserId: 'ada', reason: 'UnknownApp' })
  }
}
