import { createPipedreamClient } from 'pipedream-client/server'
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'
import { engines, type Place } from '../../test/fixtures/engines.ts'
import { newFlow } from '../../test/fixtures/new-flow.ts'
import {
  createTimedGateway,
  finishUrlOf,
  follow,
  sendWebhook,
  showAccounts,
  type TimedGateway,
} from '../../test/fixtures/follow-flow.ts'
import { createFlows } from './flows.ts'
import { BEAT_MS, createHeartbeat } from './heartbeat.ts'
import { type Database, openDatabase } from './open-database.ts'

const MINUTE_MS = 60_000
const START = new Date('2026-11-01T10:00:00.000Z')
const STRANGER = { cookies: new Map<string, string>() }

describe.each(engines)('on $name', ({ makePlace }) => {
  const places: Place[] = []
  let database: Database
  let time: number
  let flows: ReturnType<typeof createFlows>

  beforeEach(async () => {
    const place = await makePlace()
    places.push(place)
    database = await openDatabase(place.location)
    onTestFinished(() => database.close())
    time = START.getTime()
    flows = createFlows(database, () => new Date(time))
  })
  afterAll(() => Promise.all(places.map(({ remove }) => remove())))

  const replica = (skewMs = 0) => createHeartbeat(database, () => new Date(time + skewMs))

  async function prove(): Promise<void> {
    await flows.create(newFlow({ id: 'flow', createdAt: new Date(time) }))
    await flows.prove('flow', 'apn_new')
  }
  const isProven = async () => (await flows.listProven('apn_new')).length === 1

  test('a replica that runs keeps the proofs; a pause of a minute or a changed clock expires them', async () => {
    const heartbeat = replica()
    await heartbeat.beat()
    await prove()
    time += MINUTE_MS
    await heartbeat.beat()
    expect(await isProven()).toBe(true)
    time += MINUTE_MS + 1
    await heartbeat.beat()
    expect(await isProven()).toBe(false)
  })

  test('replicas whose clocks differ do not expire each other’s proofs', async () => {
    const [first, second] = [replica(), replica(10 * MINUTE_MS)]
    await first.beat()
    await second.beat()
    await prove()
    for (let beat = 0; beat < 10; beat += 1) {
      time += BEAT_MS
      await Promise.all([first.beat(), second.beat(), first.beat()])
    }
    expect(await isProven()).toBe(true)
  })

  test('a replica that starts next to one that runs keeps the proofs; after a break it expires them', async () => {
    await replica().beat()
    await prove()
    time += MINUTE_MS
    await replica().beat()
    expect(await isProven()).toBe(true)
    time += 2 * MINUTE_MS
    await replica().beat()
    expect(await isProven()).toBe(false)
  })

  test('a replica that is ahead is no sign of life in a database that was restored', async () => {
    await replica(10 * MINUTE_MS).beat()
    await prove()
    await replica().beat()
    expect(await isProven()).toBe(false)
  })

  test('a database that has lost the last beat of a running replica has lost its proofs', async () => {
    const heartbeat = replica()
    await heartbeat.beat()
    await prove()
    const backup = await database.tables.selectFrom('heartbeat').selectAll().execute()
    time += BEAT_MS
    await heartbeat.beat()
    await database.commit(async ({ tables }) => {
      await tables.deleteFrom('heartbeat').execute()
      await tables.insertInto('heartbeat').values(backup).execute()
    })
    time += BEAT_MS
    await heartbeat.beat()
    expect(await isProven()).toBe(false)
  })
})

/** Lets a stranger finish a flow of Ada's, whose account is deleted on proof if `step` keeps the gateway running. */
async function finishElsewhere(gateway: TimedGateway, step: () => Promise<void>) {
  const ada = await gateway.signIn('ada')
  const started = await ada.startConnecting('openai')
  await ada.query(`mutation { openFlow(input: { flowId: "${started.flowId}" }) { __typename } }`)
  const url = await finishUrlOf(gateway, started.token)
  await ada.typeKey(started.token, 'openai')
  await sendWebhook(gateway)
  for (let count = 0; count < 4; count += 1) await step()
  await follow(gateway, url, STRANGER)
  for (let count = 0; count < 4; count += 1) await step()
  return showAccounts(ada)
}

test('with five minutes between two passes, what is proven is still deleted', async () => {
  const gateway = await createTimedGateway()
  await gateway.server.beat()
  let beats = 0
  const accounts = await finishElsewhere(gateway, async () => {
    gateway.advance(BEAT_MS)
    await gateway.server.beat()
    beats += 1
    if (beats % 20 === 0) await gateway.server.reconcile()
  })
  expect(accounts).toEqual([])
})

test('with two replicas whose clocks differ by 70 seconds, what is proven is still deleted', async () => {
  const database = await openDatabase(':memory:')
  const first = await createTimedGateway({ database })
  let passed = 70_000
  const second = await createTestGateway({
    database,
    now: () => new Date(Date.now() + passed),
    pipedream: createPipedreamClient({
      ...first.emulator.credentials,
      projectEnvironment: 'development',
      fetch: (url, init) => first.emulator.fetch(new Request(url, init)),
    }),
  })
  await second.server.beat()
  const accounts = await finishElsewhere(first, async () => {
    first.advance(BEAT_MS)
    passed += BEAT_MS
    await first.server.reconcile()
    await second.server.reconcile()
  })
  expect(accounts).toEqual([])
})
