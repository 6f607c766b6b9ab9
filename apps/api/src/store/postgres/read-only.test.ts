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
    // In the other database, so that this one stays as it is.
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

  test('a read-only database makes a server unready, and read-only connections are discarded afterwards', async () => {
    const database = await open()
    expect((await ready(database)).status).toBe(200)
    await setReadOnly('on')
    await cutAll()
    await expect(record(database)).rejects.toBeInstanceOf(DatabaseUnavailable)
    expect(await ready(database)).toMatchObject({
      status: 503,
      body: { status: 'unready', database: 'read_only', migrations: 'done' },
    })
    // Several connections are open by now, and stay read-only until they are closed.
    await Promise.all(
      [1, 2, 3].map(() => database.tables.selectFrom('flows').select('id').execute()),
    )
    await setReadOnly('off')
    await record(database)
    await Promise.all([record(database), record(database)])
    expect((await ready(database)).status).toBe(200)
  })

  test('the error says that a retry may help', async () => {
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

  test('terminated idle connections cause no errors', async () => {
    const database = await open()
    await Promise.all([record(database), record(database)])
    await cutAll()
    await expect(record(database)).resolves.toBeUndefined()
  })

  test('of several hosts, one that accepts writes is used', async () => {
    const standby = await createPooler({
      target: location,
      mode: 'session',
      onConnect: 'set default_transaction_read_only = on',
    })
    const { host: unused } = new URL('postgres://127.0.0.1:1')
    const { host: second } = new URL(standby.url)
    const url = new URL(location)
    const all = location.replace(url.host, `${unused},${second},${url.host}`)
    const database = await open(all)
    await record(database)
    expect((await ready(database)).status).toBe(200)
    const none = location.replace(url.host, `${unused},${second}`)
    await expect(openDatabase(none)).rejects.toThrow('accepts writes')
  })
})

test('a read-only embedded database makes a server unready', async () => {
  const database = await openDatabase(':memory:')
  await sql`pragma query_only = on`.execute(database.tables)
  expect(await ready(database)).toMatchObject({ status: 503, body: { database: 'read_only' } })
  await database.close()
})
