import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createTcpProxy, type TcpProxy } from '../../../test/fixtures/create-tcp-proxy.ts'
import { createTestGateway } from '../../../test/fixtures/create-test-gateway.ts'
import { describePostgres, type TestedEngine } from '../../../test/fixtures/engines.ts'
import { insist, readOrRetry } from '../../../test/fixtures/insist.ts'
import { openRateLimits } from '../../http/rate-limits.ts'
import { DatabaseUnavailable, OutcomeUnknown } from '../database-unavailable.ts'
import type { News } from '../engine.ts'
import { createEvents } from '../events.ts'
import { type Database, openDatabase } from '../open-database.ts'

const now = () => new Date('2030-01-01T00:00:00Z')

async function openThrough(engine: TestedEngine) {
  const { location, remove } = await engine.makePlace()
  onTestFinished(remove)
  const proxy = await createTcpProxy(location)
  const database = await open(proxy.url)
  return { location, proxy, database }
}

async function open(url: string, listenUrl?: string): Promise<Database> {
  const database = await openDatabase(url, { listenUrl })
  onTestFinished(() => database.close())
  return database
}

const record = (database: Database, externalUserId: string = randomUUID()) =>
  createEvents(database, now).record({ type: 'flow_refused', externalUserId })

/** Records an event as soon as the database accepts writes again. */
async function recordSoon(database: Database): Promise<void> {
  for (;;) {
    const error: unknown = await record(database).then(
      () => undefined,
      (error: unknown) => error,
    )
    if (error === undefined) return
    if (!(error instanceof DatabaseUnavailable)) throw error
  }
}

const CHECK = 'show transaction_read_only'

function amongSeveral(url: string): string {
  const checked = new URL(url)
  checked.searchParams.set('target_session_attrs', 'read-write')
  return checked.href
}

const newsOf = (database: Database, isIt: (news: News) => boolean) =>
  new Promise<void>((resolve) => {
    const stop = database.onNews((news) => {
      if (!isIt(news)) return
      stop()
      resolve()
    })
  })

describePostgres('when PostgreSQL becomes silent', (engine) => {
  test('all requests get a retryable error meanwhile, readiness fails, and both recover', async () => {
    const { proxy, database } = await openThrough(engine)
    const { server, signIn, browser } = await createTestGateway({ database })
    const ada = await signIn('ada')
    const query = 'mutation { createConnectToken(input: { app: "openai" }) { __typename } }'
    const create = () => ada.post('/graphql', { query })
    const read = () => ada.post('/graphql', { query: '{ flow(id: "unknown") { id } }' })
    const signInAgain = () => browser().post('/auth/demo', { externalUserId: 'grace' })
    const ready = () => server.fetch(new Request('http://localhost:3000/health/ready'))
    await insist(create)

    proxy.silence()
    // More than there are connections.
    const asked = Array.from({ length: 8 }, () => [create(), read(), signInAgain()]).flat()
    expect((await ready()).status).toBe(503)
    for (const response of await Promise.all(asked)) {
      expect(await readOrRetry(response)).toBeUndefined()
    }
    expect(database.waiting).toBe(0)

    proxy.resume()
    expect(await insist(create)).toEqual({ __typename: 'ConnectToken' })
    await expect.poll(async () => (await ready()).status, { timeout: 20_000 }).toBe(200)
  })

  test.each([
    { what: 'arrives', arrives: true, written: 1 },
    { what: 'is lost', arrives: false, written: 0 },
  ])(
    'a commit that $what and gets no response is neither acknowledged nor repeated',
    async ({ arrives, written }) => {
      const { location, proxy, database } = await openThrough(engine)
      const externalUserId = randomUUID()
      await record(database)
      const silent = proxy.silenceAt('commit\0', { arrives })
      const outcome = record(database, externalUserId)
      await silent
      // Queued behind the transaction that hangs.
      const queued = record(database, externalUserId)
      await Promise.all([
        expect(outcome).rejects.toBeInstanceOf(OutcomeUnknown),
        expect(queued).rejects.toBeInstanceOf(DatabaseUnavailable),
      ])

      const other = await open(location)
      await recordSoon(other)
      proxy.resume()
      await recordSoon(database)
      const events = await createEvents(other, now).listAfter({ externalUserId, limit: 9 })
      expect(events).toHaveLength(written)
    },
  )

  test('a silent listening connection is replaced, and no news is lost meanwhile', async () => {
    const { location, remove } = await engine.makePlace()
    onTestFinished(remove)
    const proxy = await createTcpProxy(location)
    const [here, there] = [await open(location), await open(location, proxy.url)]
    proxy.silence()
    // Read from the log, because the notification does not arrive.
    const polled = newsOf(there, (news) => news === 'all_users')
    await record(here)
    await polled
    const externalUserId = randomUUID()
    const found = newsOf(
      there,
      (news) => news !== 'all_users' && news.externalUserId === externalUserId,
    )
    await record(here, externalUserId)
    await found

    proxy.resume()
    await expect.poll(() => there.warnings(), { timeout: 30_000 }).toEqual([])
  })

  test('a new connection that is silent when it is checked is replaced', async () => {
    const { location, remove } = await engine.makePlace()
    onTestFinished(remove)
    const proxy = await createTcpProxy(location)
    const database = await open(amongSeveral(proxy.url))
    const silent = proxy.silenceConnectionAt(CHECK)
    await expect(record(database)).rejects.toBeInstanceOf(DatabaseUnavailable)
    await silent
    await expect.poll(() => record(database), { timeout: 20_000 }).toBeUndefined()
  })

  test('while the listening connection is silent when it is checked, news is read from the log', async () => {
    const { location, remove } = await engine.makePlace()
    onTestFinished(remove)
    const proxy = await createTcpProxy(location)
    const here = await open(location)
    const there = await open(location, amongSeveral(proxy.url))
    const silent = proxy.silenceConnectionAt(CHECK)
    const { rows } = await sql<{ ended: boolean }>`
      select pg_terminate_backend(pid) as ended from pg_stat_activity
      where datname = current_database() and query like 'listen%'`.execute(here.tables)
    expect(rows).toEqual([{ ended: true }, { ended: true }])
    await silent
    const heard = newsOf(there, () => true)
    await record(here)
    await expect(heard).resolves.toBeUndefined()
  })

  describe.each<{ what: string; opens: (url: string) => Promise<{ close(): Promise<void> }> }>([
    { what: 'the tables', opens: (url) => openDatabase(url) },
    { what: 'the rate limits', opens: (url) => openRateLimits({ person: 1 }, url) },
  ])('at the start, opening $what', ({ opens }) => {
    test.each([
      { when: 'it is connected to', silence: async (proxy: TcpProxy) => proxy.silence() },
      {
        when: 'it is connected',
        silence: (proxy: TcpProxy) => proxy.silenceAt('pg_namespace', { arrives: false }),
      },
      {
        when: 'it has executed a statement',
        silence: (proxy: TcpProxy) => proxy.silenceAt('pg_namespace', { arrives: true }),
      },
    ])('fails with a sentence if the database is silent when $when', async ({ silence }) => {
      const { location, remove } = await engine.makePlace()
      onTestFinished(remove)
      const proxy = await createTcpProxy(location)
      void silence(proxy)
      const url = new URL(proxy.url)
      url.searchParams.set('connect_timeout', '1')
      const opened = opens(url.href).then((open) => onTestFinished(() => open.close()))
      await expect(opened).rejects.toMatchObject({
        message: expect.stringMatching(
          /^DATABASE_URL names the database .*, but it does not respond in time\. /,
        ),
        cause: expect.any(DatabaseUnavailable),
      })
    })
  })

  test('closing does not wait for a silent database', async () => {
    const { location, remove } = await engine.makePlace()
    onTestFinished(remove)
    const proxy = await createTcpProxy(location)
    const database = await openDatabase(proxy.url)
    await record(database)
    proxy.silence()
    await expect(database.close()).resolves.toBeUndefined()
  })
})
