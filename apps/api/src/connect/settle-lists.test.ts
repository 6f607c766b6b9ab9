import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'
import { engines, type Place } from '../../test/fixtures/engines.ts'
import {
  createTimedGateway,
  eventTypes,
  finishUrlOf,
  flowStatus,
  follow,
  live,
  showHold,
  type TimedGateway,
  visit,
} from '../../test/fixtures/follow-flow.ts'
import { openDatabase } from '../store/open-database.ts'

const MINUTE_MS = 60_000
const STRANGER = { cookies: new Map<string, string>() }

/** Answers each request for a list of accounts with its first page, or with an empty one after a cursor, and a cursor. */
function chain(
  { emulator, intercept }: TimedGateway,
  next: (asked: number) => string | null,
  { isRestEmpty = false } = {},
) {
  const asked: string[] = []
  intercept(async (request) => {
    const url = new URL(request.url)
    if (request.method !== 'GET' || !url.pathname.endsWith('/accounts')) return undefined
    const after = url.searchParams.get('after')
    asked.push(after ?? '')
    url.searchParams.delete('after')
    const response = await emulator.fetch(new Request(url, request))
    const page = await response.json()
    const pageInfo = { ...page.page_info, end_cursor: next(asked.length) }
    const data = isRestEmpty && after !== null ? [] : page.data
    return Response.json({ ...page, data, page_info: pageInfo }, { status: response.status })
  })
  return asked
}

/** A user with an older account, who starts a flow. */
async function startOld(gateway: TimedGateway, who: string) {
  const person = await gateway.signIn(who)
  const createdAt = new Date(gateway.emulator.clock.now().getTime() - 60 * MINUTE_MS)
  gateway.emulator.seed({ accounts: [{ app: 'openai', externalUserId: who, createdAt }] })
  return { person, ...(await person.startConnecting('openai')) }
}

describe.each(engines)('lists of accounts, on $name', ({ makePlace }) => {
  let place: Place
  let gateway: TimedGateway

  beforeEach(async () => {
    place = await makePlace()
    gateway = await createTimedGateway({ database: await openDatabase(place.location) })
  })
  afterEach(async () => {
    await gateway.server.close()
    await place.remove()
  })

  test.each([
    { why: 'a slow page', slowMs: 15_000, next: null },
    { why: 'a second page', slowMs: 15_000, next: 'rest' },
    { why: 'a later portion', slowMs: 31_000, next: 'rest' },
  ])(
    'a list that is read from before a deadline until after it, because of $why, does not settle the flow',
    async ({ slowMs, next }) => {
      const mallory = await gateway.signIn('mallory')
      const own = await mallory.connectOpenai()
      gateway.advance(60 * MINUTE_MS)
      const change = () => gateway.emulator.accounts.update(own, { healthy: true })
      const startedAt = gateway.emulator.clock.now().getTime()
      const { token } = await mallory.startConnecting('openai')
      const url = await finishUrlOf(gateway, token)
      gateway.advance(19.5 * MINUTE_MS)
      await follow(gateway, url, STRANGER)
      gateway.advance(startedAt + 20 * MINUTE_MS - 5000 - gateway.emulator.clock.now().getTime())
      const finish = (asked: number) => {
        if (asked > 1) return null
        // The victim finishes after the page was read.
        change()
        gateway.advance(slowMs)
        return next
      }
      chain(gateway, finish, { isRestEmpty: true })
      await gateway.server.reconcile()
      gateway.advance(5000)
      await gateway.server.reconcile()
      gateway.advance(10 * MINUTE_MS)
      // A refresh of the credentials hides the change from a later look.
      change()
      await gateway.server.reconcile()
      expect(await showHold(mallory, own)).toMatchObject({ heldReason: 'FINISHED_ELSEWHERE' })
    },
  )

  test('a list that repeats its cursors settles nothing, and is read again later', async () => {
    const { person: ann, flowId } = await startOld(gateway, 'ann')
    gateway.advance(21 * MINUTE_MS)
    const asked = chain(gateway, (count) => `cursor ${count % 2}`)
    await gateway.server.reconcile()
    expect(asked).toHaveLength(3)
    expect(await eventTypes(ann)).not.toContain('FLOW_EXPIRED')
    expect(gateway.complaints()).not.toEqual([])
    gateway.intercept(() => undefined)
    await live(gateway, MINUTE_MS)
    expect(await flowStatus(ann, flowId)).toBe('EXPIRED')
  })

  test('a list of slow pages is put down in time, and continued where it was', async () => {
    const { person: ann, flowId } = await startOld(gateway, 'ann')
    gateway.advance(21 * MINUTE_MS)
    const asked = chain(gateway, (count) => {
      gateway.advance(4000)
      return count < 19 ? `cursor ${count}` : null
    })
    await live(gateway, 2 * MINUTE_MS)
    expect(await flowStatus(ann, flowId)).toBe('EXPIRED')
    expect(new Set(asked).size).toBe(asked.length)
  })
})

test('a visit of a finish page reads slow pages for half a minute at most', async () => {
  const gateway = await createTimedGateway()
  const { person: ann, token } = await startOld(gateway, 'ann')
  const url = await finishUrlOf(gateway, token)
  const asked = chain(gateway, (count) => {
    gateway.advance(4000)
    return `cursor ${count}`
  })
  await visit(gateway, url, ann)
  expect(asked).toHaveLength(8)
})

test('lists without an end do not keep a pass busy', async () => {
  let time = Date.now()
  let step = 0
  const tick = () => (time += step)
  const clocks = { now: () => new Date(tick()), elapsedMs: tick }
  const gateway = { ...(await createTestGateway(clocks)), advance: () => {} }
  for (const who of ['ann', 'bob']) await startOld(gateway, who)
  time += 21 * MINUTE_MS
  step = 500
  const asked = chain(gateway, (count) => (count < 2000 ? `cursor ${count}` : null))
  await gateway.server.reconcile()
  expect(asked.length).toBeGreaterThan(10)
  expect(asked.length).toBeLessThan(2000)
})
