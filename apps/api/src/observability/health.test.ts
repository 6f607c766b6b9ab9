import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openDatabase } from '../store/open-database.ts'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'

const ask = async (server: { fetch: (request: Request) => Promise<Response> }, path: string) => {
  const response = await server.fetch(new Request(`http://localhost:3000${path}`))
  return { status: response.status, body: await response.json() }
}

test('a working server is live and ready', async () => {
  const { server } = await createTestGateway()
  expect(await ask(server, '/health/live')).toEqual({ status: 200, body: { status: 'live' } })
  expect(await ask(server, '/health/ready')).toEqual({
    status: 200,
    body: { status: 'ready', database: 'up', migrations: 'done', upstream: 'up' },
  })
})

test('without its database a server is live, but not ready', async () => {
  const database = await openDatabase(':memory:')
  const { server } = await createTestGateway({ database })
  await database.close()
  expect((await ask(server, '/health/live')).status).toBe(200)
  expect(await ask(server, '/health/ready')).toMatchObject({
    status: 503,
    body: { database: 'down', migrations: 'unknown' },
  })
})

test('a server becomes ready again after its clock is set back', async () => {
  const database = await openDatabase(':memory:')
  let now = new Date('2030-01-01T02:00:00Z')
  const { server } = await createTestGateway({ database, now: () => now })
  await sql`pragma query_only = on`.execute(database.tables)
  expect((await ask(server, '/health/ready')).status).toBe(503)
  await sql`pragma query_only = off`.execute(database.tables)
  now = new Date('2030-01-01T01:00:00Z')
  await expect
    .poll(async () => (await ask(server, '/health/ready')).status, { timeout: 10_000 })
    .toBe(200)
})

test('missing migrations make a server unready', async () => {
  const database = await openDatabase(':memory:')
  await database.tables.schema.dropTable('kysely_migration').execute()
  await database.tables.schema.createTable('kysely_migration').addColumn('name', 'text').execute()
  const { server } = await createTestGateway({ database })
  expect(await ask(server, '/health/ready')).toMatchObject({
    status: 503,
    body: { database: 'up', migrations: 'missing' },
  })
})

test('while Pipedream is down a server reports it and stays ready, because no other replica could reach it', async () => {
  const { server } = await createTestGateway({ breaker: { state: 'open' } })
  expect(await ask(server, '/health/ready')).toMatchObject({
    status: 200,
    body: { upstream: 'down' },
  })
})

test('a problem of the project is a warning, and the server stays ready', async () => {
  const warnings = [{ check: 'project', message: 'Wrong project.' }] as const
  const { server } = await createTestGateway({ projectWarnings: () => warnings })
  expect(await ask(server, '/health/ready')).toMatchObject({
    status: 200,
    body: { status: 'ready', warnings },
  })
})

test('a stopping server is live, but not ready', async () => {
  const { server } = await createTestGateway()
  server.drain()
  expect((await ask(server, '/health/live')).status).toBe(200)
  expect(await ask(server, '/health/ready')).toEqual({ status: 503, body: { status: 'stopping' } })
})
