import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { engines, type Place } from '../../test/fixtures/engines.ts'
import { newFlow as makeFlow } from '../../test/fixtures/new-flow.ts'
import { createLog, withRequest } from '../observability/log.ts'
import { createAccountHealth } from './account-health.ts'
import { createEvents, type Event } from './events.ts'
import { createFlowRecords } from './flow-records.ts'
import { createFlowStatistics } from './flow-statistics.ts'
import { createFlowWindows } from './flow-windows.ts'
import { createFlows, type Flow, type NewFlow } from './flows.ts'
import { createHeartbeat } from './heartbeat.ts'
import { createHeldAccounts } from './held-accounts.ts'
import type { Holding } from './hold-account.ts'
import type { News } from './engine.ts'
import { type Database, openDatabase } from './open-database.ts'
import { createSessions, sha256 } from './secrets.ts'
import { createUnsettledFlows } from './unsettled-flows.ts'

const NOW = new Date('2030-01-01T00:00:00Z')
const LATER = new Date('2030-01-01T00:15:00Z')
const now = () => NOW
const newAccountId = () => `apn_${randomUUID()}`
const at = (second: number) => new Date(Date.UTC(2001, 0, 1, 0, 0, second))

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

  const store = () => ({
    flows: createFlows(database, now),
    events: createEvents(database, now),
    held: createHeldAccounts(database, now),
    unsettled: createUnsettledFlows(database),
    health: createAccountHealth(database, now),
  })
  const typesOf = async (flowId: string) =>
    (await store().events.listByFlow(flowId)).map(({ type }) => type)
  const start = (flow: Partial<NewFlow> = {}) => store().flows.create(newFlow(flow))

  test('a flow is stored with all of its fields', async () => {
    const flow = await start({ secretHash: randomUUID(), connectTokenHash: randomUUID() })
    expect(await store().flows.get(flow.id)).toEqual(flow)
    expect(await store().flows.get('unknown')).toBeUndefined()
  })

  test('a flow is found by the secret in its URLs', async () => {
    const { flows } = store()
    const secret = randomUUID()
    const flow = await start({ secretHash: sha256(secret) })
    expect(await flows.findBySecret(secret)).toEqual(flow)
    expect(await flows.findBySecret(sha256(secret))).toBeUndefined()
  })

  test('each change is logged with its request, viewer and time', async () => {
    const { flows, events } = store()
    const flow = newFlow()
    const request = { requestId: randomUUID(), log: createLog({ write: () => {} }) }
    await withRequest(request, () => flows.create(flow))
    await flows.fail(flow.id, { reason: 'denied' })
    const about = { flowId: flow.id, externalUserId: flow.externalUserId, app: flow.app, at: NOW }
    expect(await events.listByFlow(flow.id)).toMatchObject([
      { ...about, type: 'flow_created', viewerKind: 'user', requestId: request.requestId },
      { ...about, type: 'flow_failed', viewerKind: null, reason: 'denied', requestId: null },
    ])
    expect(await flows.get(flow.id)).toMatchObject({ status: 'failed', error: 'denied' })
  })

  test('concurrent writes share a few transactions', async () => {
    const before = database.transactions
    const { flows, events } = store()
    const created = await Promise.all(
      Array.from({ length: 100 }, (_, index) => start({ app: `app-${index}` })),
    )
    expect(database.transactions - before).toBeLessThan(5)
    expect(await Promise.all(created.map(({ id }) => flows.get(id)))).toEqual(created)
    const logged = await Promise.all(created.map(({ id }) => events.listByFlow(id)))
    expect(logged.map((all) => all.map(({ app }) => app))).toEqual(created.map(({ app }) => [app]))
    expect(database.waiting).toBe(0)
  })

  test('events of one commit are logged in their order', async () => {
    const { events } = store()
    const externalUserId = randomUUID()
    const ids = Array.from({ length: 100 }, newAccountId)
    await events.recordAll(
      ids.map((accountId) => ({ type: 'account_held', externalUserId, accountId })),
    )
    const logged = await events.listAfter({ externalUserId, limit: 200 })
    expect(logged.map(({ accountId }) => accountId)).toEqual(ids)
  })

  test('a failed write leaves nothing behind, and does not affect others', async () => {
    const [before, taken, after] = [newFlow(), await start(), newFlow()]
    const outcomes = await Promise.allSettled([
      start(before),
      start({ id: taken.id }),
      database.commit(({ append }) => {
        append({ type: 'flow_refused', at: NOW, flowId: taken.id })
        return Promise.reject(new Error('guilty'))
      }),
      start(after),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ])
    expect(await typesOf(before.id)).toEqual(['flow_created'])
    expect(await typesOf(taken.id)).toEqual(['flow_created'])
    expect(await typesOf(after.id)).toEqual(['flow_created'])
  })

  test('uncommitted changes are not visible', async () => {
    const flow = newFlow()
    const written = Promise.withResolvers<void>()
    const creating = database.commit(async ({ tables, append }) => {
      append({ type: 'flow_created', at: NOW, flowId: flow.id })
      await tables.updateTable('flows').set({ error: 'half' }).execute()
      written.resolve()
      for (let step = 0; step < 10; step += 1)
        await tables.selectFrom('flows').select('id').execute()
      throw new Error('rolled back')
    })
    await written.promise
    const reading = database.tables
      .selectFrom('flows')
      .select('id')
      .where('error', '=', 'half')
      .execute()
    await expect(creating).rejects.toThrow('rolled back')
    expect(await reading).toEqual([])
  })

  test('a flow is opened once, while it is open', async () => {
    const { flows, events } = store()
    const [flow, closed] = [await start({ reconnects: 'apn_mended' }), await start()]
    expect(flow.openedAt).toBeNull()
    expect(await Promise.all([flows.open(flow.id), flows.open(flow.id)])).toEqual([true, false])
    expect(await flows.get(flow.id)).toEqual({ ...flow, openedAt: NOW })
    expect((await events.listByFlow(flow.id)).slice(1)).toMatchObject([
      { type: 'flow_opened', accountId: 'apn_mended', externalUserId: flow.externalUserId },
    ])
    await flows.cancel(closed.id)
    expect(await flows.open(closed.id)).toBe(false)
    expect(await flows.open('unknown')).toBe(false)
    expect(await typesOf(closed.id)).toEqual(['flow_created', 'flow_cancelled'])
  })

  test('an expired flow without a browser records that nothing shows that it was used', async () => {
    const { flows, events, held } = store()
    const bare = { browserHash: null }
    const [clicked, unused, opened] = [await start(), await start(bare), await start(bare)]
    const withAccount = await start(bare)
    await flows.open(opened.id)
    await held.hold(holding(withAccount))
    const reasons: unknown[] = []
    for (const { id } of [clicked, unused, opened, withAccount]) {
      await flows.expire(id)
      expect((await events.listByFlow(id)).at(-1)).toMatchObject({ type: 'flow_expired' })
      reasons.push((await flows.get(id))?.error, (await events.listByFlow(id)).at(-1)?.reason)
    }
    expect(reasons).toEqual([null, null, 'not_opened', 'not_opened', null, null, null, null])
  })

  test('the first transition that closes a flow wins', async () => {
    const { flows } = store()
    const { id } = await start()
    const outcomes = await Promise.all([
      flows.expire(id),
      flows.succeed(id, newAccountId()),
      flows.cancel(id),
      flows.fail(id),
    ])
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    expect(await typesOf(id)).toHaveLength(2)
  })

  test('of two flows for one new account the first one gets it', async () => {
    const { flows } = store()
    const accountId = newAccountId()
    const [one, two] = [await start(), await start()]
    const outcomes = await Promise.all([
      flows.succeed(one.id, accountId),
      flows.succeed(two.id, accountId),
    ])
    expect(outcomes).toEqual([true, false])
    expect(await flows.get(two.id)).toMatchObject({ status: 'open', accountId: null })
    const mending = await start({ reconnects: accountId })
    expect(await flows.succeed(mending.id, newAccountId())).toBe(true)
    const again = await start({ reconnects: accountId })
    expect(await flows.succeed(again.id, accountId)).toBe(true)
  })

  test('a held account is released by its own flow, once', async () => {
    const { flows, held } = store()
    const [flow, other] = [await start(), await start()]
    const account = holding(flow)
    const { accountId } = account
    expect(await Promise.all([held.hold(account), held.hold(account)])).toEqual([true, false])
    expect(await held.listByFlow(flow.id)).toMatchObject([{ ...account, since: NOW }])
    expect(await flows.succeed(other.id, accountId)).toBe(false)
    expect(await flows.succeed(flow.id, accountId)).toBe(true)
    expect(await held.listKnown([accountId])).toEqual([])
    expect(await held.hold(account)).toBe(false)
    expect(await held.remove(accountId)).toBe(false)
    expect(await typesOf(flow.id)).toEqual([
      'flow_created',
      'account_held',
      'flow_succeeded',
      'account_released',
    ])
  })

  test('a removed account is never held or confirmed again', async () => {
    const { flows, held } = store()
    const flow = await start()
    const account = holding(flow)
    const { accountId } = account
    await held.hold(account)
    const removals = [held.remove(accountId), held.remove(accountId)]
    expect(await Promise.all(removals)).toEqual([true, false])
    expect(await held.hold(account)).toBe(false)
    expect(await flows.succeed(flow.id, accountId)).toBe(false)
    expect(await typesOf(flow.id)).toEqual(['flow_created', 'account_held', 'account_removed'])
  })

  test('a released account is held again only for a flow that was revoked later', async () => {
    const { flows, held } = store()
    const externalUserId = randomUUID()
    const [flow, other] = [await start({ externalUserId }), await start({ externalUserId })]
    const account = holding(flow)
    const { accountId } = account
    await held.hold(account)
    const release = { reason: 'kept' }
    expect(await held.release(accountId, release)).toBe(true)
    expect(await held.release(accountId, release)).toBe(false)
    expect(await held.hold(account)).toBe(false)
    expect(await held.hold({ ...account, flowId: other.id })).toBe(false)
    await flows.revoke(flow.id)
    expect(await held.get(accountId)).toMatchObject({ releasedAt: null, flowId: flow.id })
    expect(await typesOf(flow.id)).toEqual([
      'flow_created',
      'account_held',
      'account_released',
      'flow_revoked',
      'account_held',
    ])
  })

  test('a flow with a challenge alone is bound, also for an older version that does not know of challenges', async () => {
    const { flows } = store()
    const codeChallenge = 'c'.repeat(43)
    const challenged = await start({ browserHash: null, codeChallenge })
    const unbound = await start({ browserHash: null })
    const rows = await database.tables
      .selectFrom('flows')
      .select('id')
      .where('id', 'in', [challenged.id, unbound.id])
      .where('browser_hash', 'is', null)
      .execute()
    expect(rows).toEqual([{ id: unbound.id }])
    expect(await flows.get(challenged.id)).toMatchObject({ browserHash: null, codeChallenge })
    expect(await flows.get(unbound.id)).toMatchObject({ browserHash: null, codeChallenge: null })
  })

  test('only a proven account is due for deletion, a revoked flow’s first', async () => {
    const { flows, held } = store()
    const expiresAt = new Date(NOW.getTime() - 60 * 60 * 1000)
    const [late, revoked, suspect, signedOut] = [
      await start({ expiresAt }),
      await start(),
      await start(),
      await start({ browserHash: randomUUID() }),
    ]
    const accounts = [late, revoked, suspect, signedOut].map((flow) => holding(flow))
    const ids = accounts.map(({ accountId }) => accountId)
    for (const account of accounts) await held.hold(account)
    for (const { flowId, accountId } of accounts) {
      if (flowId === suspect.id) continue
      expect(await flows.prove(flowId, accountId)).toBe(true)
      expect(await flows.prove(flowId, accountId)).toBe(false)
    }
    // What another webhook names does not replace the proof.
    expect(await flows.prove(late.id, newAccountId())).toBe(true)
    await flows.signOut(signedOut.browserHash ?? '')
    for (const { id } of [revoked, suspect, signedOut]) await flows.revoke(id)
    const claim = async () => {
      const due = await held.claimDue({ now: NOW, retryAt: LATER, limit: 1 })
      return due.map(({ accountId }) => accountId)
    }
    expect([await claim(), await claim(), await claim()]).toEqual([[ids[1]], [ids[0]], []])
    await held.postpone(ids[1] ?? '', { until: NOW, error: 'ERR_UPSTREAM' })
    expect(await held.claimDue({ now: NOW, retryAt: LATER, limit: 9 })).toMatchObject([
      { accountId: ids[1], attempts: 1 },
    ])
  })

  test('expired proofs delete nothing', async () => {
    const { flows, held } = store()
    const flow = await start()
    const account = holding(flow)
    await held.hold(account)
    await flows.prove(flow.id, account.accountId)
    await flows.revoke(flow.id)
    // The first heartbeat ever expires them.
    await createHeartbeat(database, () => NOW).beat()
    expect(await flows.listProven(account.accountId)).toEqual([])
    const due = await held.claimDue({ now: NOW, retryAt: LATER, limit: 1000 })
    expect(due.map(({ accountId }) => accountId)).not.toContain(account.accountId)
  })

  test('due flows are claimed once, by user, a revoked one first', async () => {
    const { flows, unsettled } = store()
    // What other tests have revoked.
    await unsettled.claim({ now: at(-1), retryAt: LATER, users: 1000 })
    const [ada, bea] = [randomUUID(), randomUUID()]
    const [late, early, done, revoked] = [
      await start({ externalUserId: ada, settleAfter: at(2) }),
      await start({ externalUserId: ada, settleAfter: at(1) }),
      await start({ externalUserId: ada, settleAfter: at(0) }),
      await start({ externalUserId: bea, settleAfter: at(2) }),
    ]
    await flows.succeed(done.id, newAccountId())
    await flows.succeed(revoked.id, newAccountId())
    await flows.revoke(revoked.id)
    await flows.cancel(late.id)
    const claim = async () => {
      const due = await unsettled.claim({ now: at(3), retryAt: LATER, users: 1 })
      return due.map(({ id }) => id).toSorted()
    }
    expect(await Promise.all([claim(), claim(), claim()])).toEqual([
      [revoked.id],
      [late.id, early.id, done.id].toSorted(),
      [],
    ])
    await unsettled.release([early.id], { claimedUntil: LATER, next: at(3), cursor: 'here' })
    await unsettled.release([late.id, done.id], { claimedUntil: LATER, next: null })
    await unsettled.release([early.id], { claimedUntil: LATER, next: null })
    expect(await unsettled.claim({ now: at(3), retryAt: LATER, users: 9 })).toMatchObject([
      { id: early.id, cursor: 'here', attempts: 0 },
    ])
    await unsettled.release([early.id], { claimedUntil: LATER, next: at(3), error: 'ERR_UPSTREAM' })
    expect(await unsettled.claim({ now: at(3), retryAt: LATER, users: 9 })).toMatchObject([
      { id: early.id, cursor: null, attempts: 1 },
    ])
    await unsettled.release([early.id], { claimedUntil: LATER, next: null })
  })

  test('flows are found by the time in which their tokens create accounts', async () => {
    const windows = createFlowWindows(database)
    const externalUserId = randomUUID()
    const between = (one: number, other: number) =>
      start({ externalUserId, window: { start: at(one), end: at(other) }, app: null })
    const [early, late] = [await between(100, 200), await between(190, 300)]
    await start({ window: { start: at(100), end: at(300) } })
    const find = async (...seconds: number[]) => {
      const instants = seconds.map(at)
      const query = { externalUserId, instants, sightings: [], flowIds: [] }
      return (await windows.list(query)).map(({ id }) => id).toSorted()
    }
    expect(await find(97)).toEqual([])
    expect(await find(98)).toEqual([early.id])
    expect(await find(195)).toEqual([early.id, late.id].toSorted())
    expect(await find(300)).toEqual([late.id])
    expect(await find(301, 10_000)).toEqual([])
    expect(await find(301, 150)).toContain(early.id)
    expect(early.app).toBeNull()
  })

  test('a revoked flow has not succeeded, even if it had, and its account is held', async () => {
    const { flows, held } = store()
    const externalUserId = randomUUID()
    const [flow, other] = [await start({ externalUserId }), await start({ externalUserId })]
    const accountId = newAccountId()
    await flows.succeed(flow.id, accountId)
    expect(await Promise.all([flows.revoke(flow.id), flows.revoke(flow.id)])).toEqual([true, false])
    expect(await flows.get(flow.id)).toMatchObject({ status: 'failed', accountId: null })
    expect(await held.get(accountId)).toMatchObject({ flowId: flow.id, releasedAt: null })
    expect(await flows.succeed(other.id, accountId)).toBe(false)
    expect(await typesOf(flow.id)).toEqual([
      'flow_created',
      'flow_succeeded',
      'flow_revoked',
      'account_held',
    ])
  })

  test('the log keeps the former name of a revoked flow’s event, which no reader sees', async () => {
    const externalUserId = randomUUID()
    const { id } = await start({ externalUserId, app: externalUserId })
    await store().flows.revoke(id, { reason: 'another browser' })
    const rows = await database.tables
      .selectFrom('events')
      .select('type')
      .where('flow_id', '=', id)
      .orderBy('id')
      .execute()
    expect(rows.map(({ type }) => type)).toEqual(['flow_created', 'flow_burned'])
    const query = {
      search: externalUserId,
      types: ['flow_revoked'],
      after: undefined,
      limit: 9,
    } as const
    const found = await createFlowRecords(database).listEvents(query)
    expect(found.map(({ type }) => type)).toEqual(['flow_revoked'])
    const errors = await createFlowStatistics(database).listErrors({ since: NOW })
    expect(errors).toContainEqual(
      expect.objectContaining({ type: 'flow_revoked', app: externalUserId, count: 1 }),
    )
  })

  test('another open flow of the same user may confirm a held account, until its time is up', async () => {
    const { flows, held } = store()
    const externalUserId = randomUUID()
    const expiresAt = new Date(NOW.getTime() - 5 * 60 * 1000 - 1)
    const [one, two, over] = [
      await start({ externalUserId }),
      await start({ externalUserId }),
      await start({ externalUserId, expiresAt }),
    ]
    const account = holding(one)
    await held.hold(account)
    await flows.cancel(one.id)
    expect(await flows.succeed(over.id, account.accountId)).toBe(false)
    expect(await flows.succeed(two.id, account.accountId)).toBe(true)
    expect(await held.listKnown([account.accountId])).toEqual([])
  })

  test('a health change is logged once, and the first sight is not a change', async () => {
    const { health, events } = store()
    const seen = { accountId: newAccountId(), externalUserId: randomUUID(), app: 'slack' }
    await health.record([{ ...seen, health: 'healthy' }])
    await Promise.all([
      health.record([{ ...seen, health: 'dead' }]),
      health.record([{ ...seen, health: 'dead' }]),
    ])
    expect(await events.listAfter({ externalUserId: seen.externalUserId, limit: 9 })).toMatchObject(
      [{ type: 'account_health_changed', accountId: seen.accountId, app: 'slack', reason: 'dead' }],
    )
    const { externalUserId } = seen
    const people = await health.claimUsers({ before: LATER, limit: 1000 })
    expect(people).toContainEqual({ externalUserId, accountIds: [seen.accountId] })
    expect(await health.claimUsers({ before: NOW, limit: 1000 })).toEqual([])
    const gone = { externalUserId: seen.externalUserId, reason: 'disconnected' }
    const { accountId } = seen
    await Promise.all([health.forget({ accountId, gone }), health.forget({ accountId, gone })])
    expect(await events.listAfter({ externalUserId: seen.externalUserId, limit: 9 })).toHaveLength(
      2,
    )
    await health.release([seen.accountId], { before: NOW })
    expect(await health.claimUsers({ before: NOW, limit: 1000 })).toEqual([])
  })

  test('a user lists only their own events, from any event on', async () => {
    const { events } = store()
    const [ada, grace] = [randomUUID(), randomUUID()]
    const before = await events.lastId()
    for (const externalUserId of [ada, grace, ada, null, ada]) {
      await events.record({ type: 'account_disconnected', externalUserId })
    }
    const all = await events.listAfter({ externalUserId: ada, after: before, limit: 10 })
    expect(all.map(({ externalUserId }) => externalUserId)).toEqual([ada, ada, ada])
    const rest = await events.listAfter({ externalUserId: ada, after: all[0]?.id, limit: 1 })
    expect(rest).toEqual([all[1]])
    expect(await events.listAllAfter({ after: before, limit: 4 })).toHaveLength(4)
    await expect(
      events.listAfter({ externalUserId: ada, after: '1 or 1', limit: 1 }),
    ).rejects.toBeInstanceOf(RangeError)
  })

  test('or from any event back, newest first', async () => {
    const { events } = store()
    const [ada, grace] = [randomUUID(), randomUUID()]
    for (const externalUserId of [ada, grace, ada, ada, grace]) {
      await events.record({ type: 'account_disconnected', externalUserId })
    }
    const list = (page: { after?: string | undefined; limit: number }) =>
      events.listAfter({ externalUserId: ada, order: 'newest_first', ...page })
    const all = await list({ limit: 10 })
    expect(all.toReversed()).toEqual(await events.listAfter({ externalUserId: ada, limit: 10 }))
    expect(all).toHaveLength(3)
    expect(await list({ after: all[0]?.id, limit: 1 })).toEqual([all[1]])
    expect(await list({ after: all[2]?.id, limit: 1 })).toEqual([])
    expect(await list({ after: '0', limit: 1 })).toEqual([])
  })

  test('an event can be neither changed nor deleted', async () => {
    const { id } = await start()
    await expect(
      database.commit(({ tables }) => tables.updateTable('events').set({ reason: 'x' }).execute()),
    ).rejects.toThrow('never changed')
    await expect(
      database.commit(({ tables }) => tables.deleteFrom('events').execute()),
    ).rejects.toThrow('deleted')
    expect(await typesOf(id)).toEqual(['flow_created'])
  })

  test('listeners are notified once, after the commit, and not after they unsubscribe', async () => {
    const { events } = store()
    const externalUserId = randomUUID()
    const [news, unsubscribed]: News[][] = [[], []]
    const readings: Promise<Event[]>[] = []
    const stop = database.onNews((item) => {
      if (item === 'all_users' || item.externalUserId !== externalUserId) return
      news?.push(item)
      readings.push(events.listAfter({ externalUserId, limit: 9 }))
    })
    database.onNews((item) => unsubscribed?.push(item))()
    await events.record({ type: 'account_disconnected', externalUserId })
    const [found] = await Promise.all(readings)
    stop()
    await events.record({ type: 'account_disconnected', externalUserId })
    expect(news).toEqual([{ externalUserId, changesAccounts: true }])
    expect(found).toHaveLength(1)
    expect(unsubscribed).toEqual([])
  })

  test('sessions start, end and are deleted', async () => {
    const sessions = createSessions(database)
    const ada = { externalUserId: 'ada', role: 'user' } as const
    const { secret, expiresAt } = await sessions.create(ada, NOW)
    expect(await sessions.get(secret, NOW)).toEqual(ada)
    expect(await sessions.get(secret, expiresAt)).toBeUndefined()
    const next = await sessions.create(ada, expiresAt)
    const rows = await database.tables.selectFrom('sessions').selectAll().execute()
    expect(rows).toHaveLength(1)
    await sessions.delete(next.secret)
    expect(await sessions.get(next.secret, expiresAt)).toBeUndefined()
  })
})

describe.each(engines)('opening on $name', ({ makePlace }) => {
  const undo: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const step of undo.splice(0).toReversed()) await step()
  })

  test('several processes that start together on an empty database find the same tables', async () => {
    const place = await makePlace()
    undo.push(place.remove)
    const databases = await Promise.all(
      Array.from({ length: 5 }, () => openDatabase(place.location)),
    )
    undo.push(...databases.map((database) => () => database.close()))
    const flows = await Promise.all(
      databases.map((database) => createFlows(database, now).create(newFlow())),
    )
    for (const database of databases) {
      const events = await createEvents(database, now).listAllAfter({ limit: 100 })
      expect(new Set(events.map(({ flowId }) => flowId))).toEqual(
        new Set(flows.map(({ id }) => id)),
      )
    }
  })

  test('committed data is there after a restart', async () => {
    const place = await makePlace()
    undo.push(place.remove)
    const first = await openDatabase(place.location)
    const creating = createFlows(first, now).create(newFlow())
    await first.close()
    const flow = await creating
    const second = await openDatabase(place.location)
    undo.push(() => second.close())
    expect(await createFlows(second, now).get(flow.id)).toEqual(flow)
  })
})

function holding({ id: flowId, externalUserId }: Flow): Holding {
  const accountId = newAccountId()
  return {
    accountId,
    externalUserId,
    app: 'openai',
    createdAt: NOW,
    flowId,
    reason: 'not_confirmed',
  }
}

function newFlow(flow: Partial<NewFlow> = {}): NewFlow {
  return makeFlow({ externalUserId: randomUUID(), createdAt: NOW, ...flow })
}
