import { copyFile, mkdtemp, rename, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type RawBuilder, sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { createTestGateway } from '../../../test/fixtures/create-test-gateway.ts'
import { insist, readOrRetry } from '../../../test/fixtures/insist.ts'
import { OutcomeUnknown } from '../database-unavailable.ts'
import { openDatabase } from '../open-database.ts'

const CREATE = `mutation { createConnectToken(input: { app: "openai" }) {
  __typename ... on ConnectToken { flow { id } } } }`

/** A gateway with a database file, or one in memory, and a user who is signed in and has started a flow. */
async function start({ inMemory = false } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'api-failures-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'data', 'gateway.sqlite')
  const database = await openDatabase(inMemory ? ':memory:' : path)
  onTestFinished(() => database.close())
  const { server, signIn, browser, complaints } = await createTestGateway({ database })
  const ada = await signIn('ada')
  const create = () => ada.post('/graphql', { query: CREATE })
  const { flow } = await insist(create)
  return {
    path,
    database,
    flowId: (flow as { id: string }).id,
    create,
    signInAgain: () => browser().post('/auth/demo', { externalUserId: 'grace' }),
    complaints,
    ready: () => server.fetch(new Request('http://localhost:3000/health/ready')),
  }
}

type Started = Awaited<ReturnType<typeof start>>

/** Whether two kinds of writes succeed, or else get a retryable error; and what an operator sees. */
async function observe(started: Started) {
  const written = await Promise.all(
    [started.create(), started.signInAgain()].map(async (response) => readOrRetry(await response)),
  )
  const response = await started.ready()
  const { database, problems = [] } = await response.json()
  return {
    written: written.map((data) => data !== undefined),
    status: response.status,
    database,
    problems: problems.length,
    errors: started.complaints().filter(({ level }) => level === 'error'),
  }
}

const FAILS = { written: [false, false], status: 503, problems: 1, errors: [] }
const WORKS = { written: [true, true], status: 200, database: 'up', problems: 0, errors: [] }
// Readiness is tested at most once a second.
const SOON = { timeout: 10_000 }

async function replace(path: string): Promise<void> {
  await copyFile(path, `${path}.copy`)
  await rename(`${path}.copy`, path)
}

test.each([
  { what: 'its file is deleted', damage: (path: string) => rm(path) },
  {
    what: 'its folder is deleted',
    damage: (path: string) => rm(dirname(path), { recursive: true }),
  },
  {
    what: 'its folder is moved',
    damage: (path: string) => rename(dirname(path), `${dirname(path)}-moved`),
  },
  { what: 'its file is replaced by a copy', damage: replace },
  { what: 'its log is deleted', damage: (path: string) => rm(`${path}-wal`) },
  { what: 'its log is replaced by a copy', damage: (path: string) => replace(`${path}-wal`) },
  { what: 'its log is truncated', damage: (path: string) => truncate(`${path}-wal`, 4096) },
  { what: 'its log is emptied', damage: (path: string) => truncate(`${path}-wal`) },
])('when $what, the gateway confirms no write and is not ready', async ({ damage }) => {
  const started = await start()
  await damage(started.path)
  expect(await observe(started)).toEqual({ ...FAILS, database: 'down' })
})

test('a file that comes back accepts writes again', async () => {
  const started = await start()
  await rename(started.path, `${started.path}.away`)
  expect(await observe(started)).toEqual({ ...FAILS, database: 'down' })
  await rename(`${started.path}.away`, started.path)
  await expect.poll(() => observe(started), SOON).toEqual(WORKS)
})

test('what was in a deleted log is there after a restart', async () => {
  const { path, database, create, flowId } = await start()
  await rm(`${path}-wal`)
  expect(await readOrRetry(await create())).toBeUndefined()
  // As a crash leaves it, without the clean-up of `close`.
  await copyFile(path, `${path}.copy`)
  await database.close()
  const again = await openDatabase(`${path}.copy`)
  onTestFinished(() => again.close())
  const rows = await again.tables.selectFrom('flows').select('id').execute()
  expect(rows).toContainEqual({ id: flowId })
})

test('a write whose file disappears before its commit is not confirmed', async () => {
  const { path, database } = await start()
  const writing = database.commit(async ({ append }) => {
    append({ type: 'flow_refused', at: new Date() })
    await rm(path)
  })
  await expect(writing).rejects.toBeInstanceOf(OutcomeUnknown)
})

test('a backup program may shorten the log', async () => {
  const started = await start()
  const backup = new DatabaseSync(started.path)
  backup.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  await expect.poll(() => observe(started), SOON).toEqual(WORKS)
  backup.close()
  await expect.poll(() => observe(started), SOON).toEqual(WORKS)
})

test('a full disk makes a server unready, and it recovers without a restart', async () => {
  const started = await start()
  const execute = (statement: RawBuilder<unknown>) =>
    started.database.commit(async ({ tables }) => void (await statement.execute(tables)))
  // On a full disk no write finds space. Here, one that changes a row in place would.
  await execute(sql`create table ballast (bytes blob)`)
  await execute(sql`create trigger grow after update on write_tests
    begin insert into ballast values (zeroblob(100000)); end`)
  await execute(sql`pragma max_page_count = 1`)
  // The pages that exist are filled first.
  for (const write of [started.create, started.signInAgain]) {
    while (await readOrRetry(await write()));
  }
  expect(await observe(started)).toEqual({ ...FAILS, database: 'read_only' })
  await execute(sql`pragma max_page_count = 1000000`)
  await expect.poll(() => observe(started), SOON).toEqual(WORKS)
})

test('a database without write access makes a server unready, and it recovers without a restart', async () => {
  // In memory, because the thread that writes a file has a connection of its own.
  const started = await start({ inMemory: true })
  await sql`pragma query_only = on`.execute(started.database.tables)
  expect(await observe(started)).toEqual({ ...FAILS, database: 'read_only' })
  await sql`pragma query_only = off`.execute(started.database.tables)
  await expect.poll(() => observe(started), SOON).toEqual(WORKS)
})
