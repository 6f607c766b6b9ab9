import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Client } from 'pg'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createPooler } from '../../../test/fixtures/create-pooler.ts'
import { createTestGateway } from '../../../test/fixtures/create-test-gateway.ts'
import { describePostgres } from '../../../test/fixtures/engines.ts'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import { createEvents } from '../events.ts'
import { type Database, openDatabase } from '../open-database.ts'

const now = () => new Date('2030-01-01T00:00:00Z')

const record = (database: Database) =>
  createEvents(database, now).record({ type: 'flow_refused', externalUserId: randomUUID() })

const ready = async (database: Database) => {
  const { server } = await createTestGateway({ database })
  const response = await server.fetch(new Request('http://localhost:3000/health/ready'))
  return { status: response.status, body: await response.json() }
}

describePostgres('when PostgreSQL is read-only', (engine) => {
  let location = ''
  let name = ''
  let admin: Client

  beforeEach(async () => {
    const place = await engine.makePlace()
    location = place.location
    name = new URL(location).pathname.slice(1)
    // Of the database beside it, so that it stays as it is.
    admin = new Client({ connectionString: process.env.TEST_DATABASE_URL })
    await admin.connect()
    return async () => {
      await admin.end()
      await place.remove()
    }
  })

  async function open(url = location): Promise<Database> {
    const database = await openDatabase(url)
    onTestFinished(() => database.close())
    return database
  }

  const setReadOnly = (value: 'on' | 'off') =>
    admin.query(`alter database ${name} set default_transaction_read_only = ${value}`)
  const cutAll = () =>
    admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])

  test('it is not ready and says so; each connection that was is thrown away once it is not', async () => {
    const database = await open()
    expect((await ready(database)).status).toBe(200)
    await setReadOnly('on')
    await cutAll()
    await expect(record(database)).rejects.toBeInstanceOf(DatabaseUnavailable)
    expect(await ready(database)).toMatchObject({
      status: 503,
      body: { status: 'unready', database: 'read_only', migrations: 'done' },
    })
    // Several are open by now, and stay read-only for as long as they live.
    await Promise.all(
      [1, 2, 3].map(() => database.tables.selectFrom('flows').select('id').execute()),
    )
    await setReadOnly('off')
    await record(database)
    await Promise.all([record(database), record(database)])
    expect((await ready(database)).status).toBe(200)
  })

  test('a request is told that trying again may help', async () => {
    const database = await open()
    const { signIn, browser, complaints } = await createTestGateway({ database })
    const ada = await signIn('ada')
    await setReadOnly('on')
    await cutAll()
    const refused = await browser().post('/auth/demo', { externalUserId: 'grace' })
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    const query = 'mutation { createConnectToken(input: { app: "openai" }) { __typename } }'
    const { errors } = await (await ada.post('/graphql', { query })).json()
    expect(errors).toMatchObject([
      { extensions: { code: 'SERVICE_UNAVAILABLE', retryable: true, retryAfterMs: 5000 } },
    ])
    expect(complaints().map(({ level }) => level)).not.toContain('error')
  })

  test('connections that were cut while nobody used them trouble nobody', async () => {
    const database = await open()
    await Promise.all([record(database), record(database)])
    await cutAll()
    await expect(record(database)).resolves.toBeUndefined()
  })

  test('of several hosts the one is used that accepts writes', async () => {
    const standby = await createPooler({
      target: location,
      mode: 'session',
      onConnect: 'set default_transaction_read_only = on',
    })
    const { host: nobody } = new URL('postgres://127.0.0.1:1')
    const { host: second } = new URL(standby.url)
    const url = new URL(location)
    const all = location.replace(url.host, `${nobody},${second},${url.host}`)
    const database = await open(all)
    await record(database)
    expect((await ready(database)).status).toBe(200)
    const none = location.replace(url.host, `${nobody},${second}`)
    await expect(openDatabase(none)).rejects.toThrow('accepts writes')
  })
})

test('an embedded database that refuses writes makes a server unready', async () => {
  const database = await openDatabase(':memory:')
  await sql`pragma query_only = on`.execute(database.tables)
  expect(await ready(database)).toMatchObject({ status: 503, body: { database: 'read_only' } })
  await database.close()
})
