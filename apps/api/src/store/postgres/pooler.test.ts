import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { createPooler } from '../../../test/fixtures/create-pooler.ts'
import { createTestGateway } from '../../../test/fixtures/create-test-gateway.ts'
import { describePostgres, type TestedEngine } from '../../../test/fixtures/engines.ts'
import { openRateLimits } from '../../http/rate-limits.ts'
import { createEvents } from '../events.ts'
import type { News } from '../engine.ts'
import { type Database, openDatabase } from '../open-database.ts'
import type { PostgresOptions } from './postgres.ts'

const now = () => new Date('2030-01-01T00:00:00Z')

async function makePlace(engine: TestedEngine): Promise<string> {
  const { location, remove } = await engine.makePlace()
  onTestFinished(remove)
  return location
}

async function open(url: string, options: PostgresOptions = {}): Promise<Database> {
  const database = await openDatabase(url, options)
  onTestFinished(() => database.close())
  return database
}

/** Resolves once a replica is notified about this user. */
const newsOf = (database: Database, externalUserId: string) =>
  new Promise<News>((resolve) => {
    const stop = database.onNews((news) => {
      if (news === 'all_users' || news.externalUserId !== externalUserId) return
      stop()
      resolve(news)
    })
  })

/** Records an event on one replica; resolves once the other is notified. */
async function expectNotification(there: Database, here: Database): Promise<void> {
  const externalUserId = randomUUID()
  const notified = newsOf(there, externalUserId)
  await createEvents(here, now).record({ type: 'flow_refused', externalUserId })
  expect(await notified).toEqual({ externalUserId, changesAccounts: false })
}

describePostgres('through a pooler in front of PostgreSQL', (engine) => {
  test('in transaction mode replicas start, write, and poll for each other’s events', async () => {
    const { url } = await createPooler({ target: await makePlace(engine) })
    const warned: unknown[] = []
    const log = { info: () => {}, warn: (text: unknown) => void warned.push(text) }
    const [here, there] = await Promise.all([open(url, { log }), open(url)])
    await expectNotification(there, here)
    await expectNotification(here, there)
    expect(here.warnings().join()).toContain('DATABASE_LISTEN_URL')
    expect(warned.join()).toContain('DATABASE_LISTEN_URL')
    const { server } = await createTestGateway({ database: here })
    const ready = await server.fetch(new Request('http://localhost:3000/health/ready'))
    expect(ready.status).toBe(200)
    expect((await ready.json()).warnings).toEqual(
      here.warnings().map((message) => ({ check: 'database', message })),
    )
  })

  test.each([
    ['in session mode', 'session' as const],
    ['in transaction mode, with a URL that leads past it,', 'transaction' as const],
  ])('%s notifications arrive', async (_what, mode) => {
    const target = await makePlace(engine)
    const { url } = await createPooler({ target, mode })
    const options = mode === 'session' ? {} : { listenUrl: target }
    const [here, there] = await Promise.all([open(url, options), open(url, options)])
    expect([...here.warnings(), ...there.warnings()]).toEqual([])
    await expectNotification(there, here)
  })

  test('a terminated listening connection is reopened, and all users’ events are read again', async () => {
    const target = await makePlace(engine)
    const { url, cut } = await createPooler({ target, mode: 'session' })
    const here = await open(target)
    const there = await open(target, { listenUrl: url })
    const looks = new Promise<void>((resolve) => {
      there.onNews((news) => news === 'all_users' && resolve())
    })
    cut()
    await looks
    await expectNotification(there, here)
    expect(there.warnings()).toEqual([])
  })

  test('rates are counted together across the connections of a pooler', async () => {
    const { url } = await createPooler({ target: await makePlace(engine) })
    const settings = {
      address: undefined,
      person: 5,
      service: undefined,
      connectToken: undefined,
    }
    const replicas = await Promise.all([
      openRateLimits(settings, url),
      openRateLimits(settings, url),
    ])
    const waits: (number | undefined)[] = []
    for (let round = 0; round < 4; round += 1) {
      for (const rates of replicas) waits.push(await rates.take('person', 'ada'))
    }
    expect(waits.filter((wait) => wait === undefined)).toHaveLength(5)
    await Promise.all(replicas.map((rates) => rates.close()))
  })

  test('a failed migration leaves no lock behind', async () => {
    const target = await makePlace(engine)
    const { url } = await createPooler({ target })
    const direct = await open(target, { schema: 'elsewhere' })
    await sql`create schema taken`.execute(direct.tables)
    await sql`create view taken.events as select 1 as one`.execute(direct.tables)
    await expect(openDatabase(url, { schema: 'taken' })).rejects.toThrow('DATABASE_SCHEMA')
    await sql`drop schema taken cascade`.execute(direct.tables)
    await open(url, { schema: 'taken' })
    const { rows } = await sql`select 1 from pg_locks where locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database())`.execute(
      direct.tables,
    )
    expect(rows).toEqual([])
  })
})
