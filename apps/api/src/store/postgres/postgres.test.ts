import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describePostgres, type Place } from '../../../test/fixtures/engines.ts'
import { createEvents } from '../events.ts'
import type { News } from '../engine.ts'
import { type Database, openDatabase } from '../open-database.ts'

const now = () => new Date('2030-01-01T00:00:00Z')

const nextNews = (database: Database, isIt: (news: News) => boolean) =>
  new Promise<News>((resolve) => {
    const stop = database.onNews((news) => {
      if (!isIt(news)) return
      stop()
      resolve(news)
    })
  })
const isOf = (externalUserId: string | null) => (news: News) =>
  news !== 'all_users' && news.externalUserId === externalUserId

describePostgres('two replicas on PostgreSQL', ({ makePlace }) => {
  let place: Place
  let here: Database
  let there: Database

  beforeAll(async () => {
    place = await makePlace()
    here = await openDatabase(place.location)
    there = await openDatabase(place.location)
  })
  afterAll(async () => {
    await Promise.all([here.close(), there.close()])
    await place.remove()
  })

  test('a reader that continues while both replicas write misses nothing', async () => {
    const externalUserId = randomUUID()
    const read: string[] = []
    let writing = true
    const reading = (async () => {
      const events = createEvents(here, now)
      for (;;) {
        const isLast = !writing
        const page = await events.listAfter({ externalUserId, after: read.at(-1), limit: 50 })
        read.push(...page.map(({ id }) => id))
        if (isLast && page.length === 0) return
      }
    })()
    const write = async (database: Database) => {
      const events = createEvents(database, now)
      for (let round = 0; round < 60; round += 1) {
        await Promise.all(
          Array.from({ length: 5 }, () =>
            events.record({ type: 'account_health_changed', externalUserId }),
          ),
        )
      }
    }
    await Promise.all([write(here), write(there)])
    writing = false
    await reading
    const events = await createEvents(there, now).listAfter({ externalUserId, limit: 1000 })
    expect(read).toHaveLength(600)
    expect(read).toEqual(events.map(({ id }) => id))
  })

  test.each(['ada', 'Ada Lovelace\nof “London”', '', null])(
    'news of %j arrives on the other replica, and whether their accounts changed',
    async (externalUserId) => {
      const events = createEvents(here, now)
      const refused = nextNews(there, isOf(externalUserId))
      await events.record({ type: 'flow_refused', externalUserId })
      expect(await refused).toEqual({ externalUserId, changesAccounts: false })
      const disconnected = nextNews(there, isOf(externalUserId))
      await events.record({ type: 'account_disconnected', externalUserId })
      expect(await disconnected).toEqual({ externalUserId, changesAccounts: true })
    },
  )

  test('a replica gets its own news once', async () => {
    const [externalUserId, after] = [randomUUID(), randomUUID()]
    const notified: News[] = []
    const stop = here.onNews((news) => void notified.push(news))
    const done = nextNews(here, isOf(after))
    await createEvents(here, now).record({ type: 'flow_refused', externalUserId })
    await createEvents(there, now).record({ type: 'flow_refused', externalUserId: after })
    await done
    stop()
    expect(notified.filter(isOf(externalUserId))).toHaveLength(1)
  })

  test('a broken connection is reopened, and then all users’ events are read again', async () => {
    const looks = Promise.all([here, there].map((one) => nextNews(one, (n) => n === 'all_users')))
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen %'`.execute(
      here.tables,
    )
    await looks
    const externalUserId = randomUUID()
    const notified = nextNews(there, isOf(externalUserId))
    await createEvents(here, now).record({ type: 'flow_refused', externalUserId })
    expect(await notified).toMatchObject({ externalUserId })
  })
})
