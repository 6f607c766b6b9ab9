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
} from '../../test/fixtures/follow-flow.ts'
import { openDatabase } from '../store/open-database.ts'

const MINUTE_MS = 60_000
const STRANGER = { cookies: new Map<string, string>() }

/** Answers each request for a list of accounts with its first page, and a cursor. */
function chain({ emulator, intercept }: TimedGateway, next: (asked: number) => string | null) {
  const asked: string[] = []
  intercept(async (request) => {
    const url = new URL(request.url)
    if (request.method !== 'GET' || !url.pathname.endsWith('/accounts')) return undefined
    asked.push(url.searchParams.get('after') ?? '')
    url.searchParams.delete('after')
    const response = await emulator.fetch(new Request(url, request))
    const page = await response.json()
    const pageInfo = { ...page.page_info, end_cursor: next(asked.length) }
    return Response.json({ ...page, page_info: pageInfo }, { status: response.status })
  })
  return asked
}

/** A user with an account, whose flow is due. */
async function startOld(gateway: TimedGateway, who: string) {
  const person = await gateway.signIn(who)
  const createdAt = new Date(gateway.emulator.clock.now().getTime() - 60 * MINUTE_MS)
  gateway.emulator.seed({ accounts: [{ app: 'openai', externalUserId: who, createdAt }] })
  const { flowId } = await person.startConnecting('openai')
  return { person, flowId }
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

  test.each(['a slow page', 'a second page'])(
    'a list that is read from before a deadline until after it, because of %s, does not settle the flow',
    async (what) => {
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
      chain(gateway, (asked) => {
        // The victim finishes after the page was read.
        if (asked === 1) change()
        if (asked === 1) gateway.advance(15_000)
        return asked === 1 && what === 'a second page' ? 'rest' : null
      })
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
