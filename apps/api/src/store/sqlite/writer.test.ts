import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CompiledQuery, sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { createEvents } from '../events.ts'
import { openDatabase } from '../open-database.ts'

async function openFile() {
  const folder = await mkdtemp(join(tmpdir(), 'api-writer-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'gateway.sqlite')
  const database = await openDatabase(path)
  onTestFinished(() => database.close())
  const events = createEvents(database, () => new Date())
  const refusals = async () =>
    (await events.listAllAfter({ limit: 100 })).map(({ reason }) => reason)
  return { path, database, refusals }
}

const refused = (reason: string) => ({ type: 'flow_refused', reason, at: new Date() }) as const

test('a piece that fails takes back its own events alone', async () => {
  const { database, refusals } = await openFile()
  const failing = database.commit(async ({ tables, append }) => {
    append(refused('failed'))
    await sql`insert into no_such_table values (1)`.execute(tables)
  })
  const ones = ['one', 'two'].map((reason) =>
    database.commit(async ({ append }) => append(refused(reason))),
  )
  await expect(failing).rejects.toThrow('no_such_table')
  await Promise.all(ones)
  expect(await refusals()).toEqual(['one', 'two'])
})

test('events that cannot be inserted are not committed, and the next ones are', async () => {
  const { database, refusals } = await openFile()
  await database.commit(
    async ({ tables }) =>
      void (await sql`create trigger bad before insert on events when new.reason = 'bad'
        begin select raise(abort, 'A bad event.'); end`.execute(tables)),
  )
  const results = await Promise.allSettled(
    ['good', 'bad', 'good'].map((reason) =>
      database.commit(async ({ append }) => append(refused(reason))),
    ),
  )
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await refusals()).toEqual(['good', 'good'])
})

test('a reader sees what is committed and nothing before', async () => {
  const { database, refusals } = await openFile()
  const seen: unknown[] = []
  await database.commit(async ({ tables, append }) => {
    await sql`insert into events (type, reason, at) values ('flow_refused', 'first', '')`.execute(
      tables,
    )
    seen.push(await refusals())
    append(refused('second'))
  })
  expect(seen).toEqual([[]])
  expect(await refusals()).toEqual(['first', 'second'])
})

test('a commit that fails by itself is not tried again', async () => {
  const { database, refusals } = await openFile()
  await database.commit(async ({ tables }) => {
    await sql`create table parents (id integer primary key)`.execute(tables)
    await sql`create table children (parent integer references parents deferrable initially deferred)`.execute(
      tables,
    )
  })
  let runs = 0
  const together = [0, 1].map((bad) =>
    database.commit(async ({ tables, append }) => {
      runs += 1
      append(refused('not committed'))
      if (bad) await sql`insert into children values (1)`.execute(tables)
    }),
  )
  const results = await Promise.allSettled(together)
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(runs).toBe(2)
  await database.commit(async ({ append }) => append(refused('later')))
  expect(await refusals()).toEqual(['later'])
})

test('a piece that the thread cannot be sent fails alone', async () => {
  const { database, refusals } = await openFile()
  const bad = database.commit(({ tables }) =>
    tables.executeQuery(CompiledQuery.raw('select ?', [() => 1])),
  )
  const good = database.commit(async ({ append }) => append(refused('good')))
  await expect(bad).rejects.toThrow('could not be cloned')
  await good
  await database.commit(async ({ append }) => append(refused('later')))
  expect(await refusals()).toEqual(['good', 'later'])
})

test('a transaction that could not start writes nothing, also if the work goes on', async () => {
  const { path, database, refusals } = await openFile()
  const other = new DatabaseSync(path)
  onTestFinished(() => other.close())
  other.exec('begin immediate')
  let runs = 0
  const writing = database.commit(async ({ tables }) => {
    runs += 1
    await sql`select 1`.execute(tables).catch(() => {
      if (runs === 1) other.exec('rollback')
    })
    await sql`insert into events (type, reason, at) values ('flow_refused', 'stray', '')`.execute(
      tables,
    )
    if (runs > 1) throw new Error('The work failed.')
  })
  await expect(writing).rejects.toThrow('The work failed.')
  expect(runs).toBeGreaterThan(1)
  expect(await refusals()).toEqual([])
})

test('two processes that write take turns', async () => {
  const { path, database, refusals } = await openFile()
  const other = await openDatabase(path)
  onTestFinished(() => other.close())
  const all = Array.from({ length: 40 }, (_, i) =>
    (i % 2 === 0 ? database : other).commit(async ({ append }) => append(refused(String(i)))),
  )
  await Promise.all(all)
  expect(await refusals()).toHaveLength(40)
})

test('a file that is no database is refused', async () => {
  const { path } = await openFile()
  await expect(openDatabase(join(path, 'below'))).rejects.toThrow('Cannot open the database')
})
