import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Client } from 'pg'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { describePostgres } from '../../../test/fixtures/engines.ts'
import { openRateLimits } from '../../http/rate-limits.ts'
import { createEvents } from '../events.ts'
import { createFlows } from '../flows.ts'
import { migrate } from '../migrate.ts'
import type { News } from '../engine.ts'
import { type Database, openDatabase } from '../open-database.ts'
import { connectSingle, openPostgresPool } from './postgres-pool.ts'
import { openTables } from './postgres-tables.ts'
import { readPostgresUrl } from './postgres-url.ts'
import type { PostgresOptions } from './postgres.ts'

const now = () => new Date('2030-01-01T00:00:00Z')

const RATES = { address: undefined, person: 2, service: undefined, connectToken: undefined }

const FOREIGN = `
  create table sessions (id uuid primary key, data jsonb);
  create table events (id serial primary key, name text not null);
  create table flows (id integer);
  create table rate_limits (key varchar(255) primary key, points integer not null default 0, expire bigint);
  create table kysely_migration (name varchar(255) primary key, timestamp varchar(255) not null);
  create table kysely_migration_lock (id varchar(255) primary key, is_locked integer not null default 0);
  insert into kysely_migration values ('0001-users', '2030-01-01T00:00:00.000Z');
  insert into events (name) values ('theirs');
  insert into rate_limits values ('theirs', 1, null);`

// The newest migration of the versions that kept their tables in `public`.
const LAST_IN_PUBLIC = '0008-index-events-by-app'

describePostgres('in a PostgreSQL database shared with other programs', (engine) => {
  let location = ''
  let admin: Client

  beforeEach(async () => {
    const place = await engine.makePlace()
    location = place.location
    admin = await connectSingle(readPostgresUrl(location))
    return async () => {
      await admin.end()
      await place.remove()
    }
  })

  async function open(options: PostgresOptions = {}, url = location): Promise<Database> {
    const database = await openDatabase(url, options)
    onTestFinished(() => database.close())
    return database
  }

  /** The tables of an installation from before the gateway had its own schema. */
  async function makeOlder(to = LAST_IN_PUBLIC): Promise<string> {
    const tables = openTables(openPostgresPool(readPostgresUrl(location), { max: 1 }), 'public')
    const older = tables.withoutPlugins()
    await migrate(older, { engine: 'postgres', to })
    await sql`create unlogged table rate_limits
      (key varchar(255) primary key, points integer not null, expire bigint)`.execute(older)
    const id = randomUUID()
    await sql`insert into flows (id, external_user_id, app, status, created_at, expires_at)
      values (${id}, 'ada', 'openai', 'open', '2030-01-01T00:00:00.000Z', '2030-01-01T00:15:00.000Z')`.execute(
      older,
    )
    await tables.destroy()
    return id
  }

  const listTables = async (schema: string) => {
    const { rows } = await admin.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = $1 order by 1`,
      [schema],
    )
    return rows.map(({ name }) => name)
  }

  test('another program’s tables and migrations with the same names stay as they are', async () => {
    await admin.query(FOREIGN)
    const before = await listTables('public')
    const database = await open()
    await createEvents(database, now).record({ type: 'flow_refused', externalUserId: 'ada' })
    const rates = await openRateLimits(RATES, location)
    await rates.take('person', 'ada')
    await rates.close()
    expect(await listTables('public')).toEqual(before)
    for (const [table, rows] of Object.entries({
      events: 1,
      rate_limits: 1,
      kysely_migration: 1,
      sessions: 0,
    })) {
      expect((await admin.query(`select 1 from public.${table}`)).rowCount).toBe(rows)
    }
    expect((await admin.query('select 1 from connected_accounts.rate_limits')).rowCount).toBe(1)
  })

  test.each([LAST_IN_PUBLIC, '0002-events', '0005-observe-flows'])(
    'an older installation, as of %s, is moved by replicas that start together',
    async (to) => {
      const id = await makeOlder(to)
      await admin.query('create table sessions_of_theirs (id integer)')
      const replicas = await Promise.all([open(), open(), open()])
      for (const database of replicas) {
        const flow = await createFlows(database, now).get(id)
        expect(flow).toMatchObject({ externalUserId: 'ada', status: 'open' })
      }
      const [database] = replicas
      if (!database) throw new Error('none')
      await createEvents(database, now).record({ type: 'flow_refused', externalUserId: 'ada' })
      expect(await listTables('public')).toEqual(['sessions_of_theirs'])
      const changing = admin.query('update connected_accounts.events set reason = $1', ['forged'])
      await expect(changing).rejects.toThrow('never changed')
    },
  )

  test('tables that differ in one column belong to another program', async () => {
    await makeOlder()
    await admin.query('alter table sessions add column data jsonb')
    const before = await listTables('public')
    await open()
    expect(await listTables('public')).toEqual(before)
  })

  test('an older installation may stay where it is', async () => {
    const id = await makeOlder()
    const database = await open({ schema: 'public' })
    expect(await createFlows(database, now).get(id)).toMatchObject({ id })
    expect(await listTables('connected_accounts')).toEqual([])
  })

  test('a schema with another program’s tables is rejected, and nothing in it is changed', async () => {
    await admin.query(FOREIGN)
    const before = await listTables('public')
    await expect(open({ schema: 'public' })).rejects.toThrow('DATABASE_SCHEMA')
    expect(await listTables('public')).toEqual(before)
  })

  test('any table with a name of the gateway shows that a schema belongs to another program', async () => {
    await open()
    // Other programs with the same libraries have these too.
    const shared = new Set(['kysely_migration', 'kysely_migration_lock', 'rate_limits'])
    const names = await listTables('connected_accounts')
    for (const name of names.filter((name) => !shared.has(name))) {
      await admin.query(`create schema only_${name}`)
      await admin.query(`create table only_${name}.${name} (id integer)`)
      await expect(open({ schema: `only_${name}` })).rejects.toThrow('DATABASE_SCHEMA')
    }
  })

  test('a migration that fails is one sentence with the reason', async () => {
    await admin.query('create schema theirs')
    await admin.query('create table theirs.flows_by_code (id integer)')
    await expect(open({ schema: 'theirs' })).rejects.toThrow(
      /^Could not migrate the database tables: relation "flows_by_code" already exists\.$/,
    )
  })

  test('two installations do not notify each other', async () => {
    const [one, other] = await Promise.all([open({ schema: 'one' }), open({ schema: 'other' })])
    const second = await open({ schema: 'other' })
    const received: News[] = []
    other.onNews((news) => void received.push(news))
    const [stranger, friend] = [randomUUID(), randomUUID()]
    const notified = new Promise<void>((resolve) => {
      other.onNews((news) => news !== 'all_users' && news.externalUserId === friend && resolve())
    })
    await createEvents(one, now).record({ type: 'flow_refused', externalUserId: stranger })
    await createEvents(second, now).record({ type: 'flow_refused', externalUserId: friend })
    await notified
    expect(received).toMatchObject([{ externalUserId: friend }])
    const listed = await createEvents(other, now).listAfter({ externalUserId: stranger, limit: 1 })
    expect(listed).toEqual([])
  })

  describe('with a role that has few privileges', () => {
    let role = ''
    let url = ''

    beforeEach(async () => {
      role = `role_${randomUUID().replaceAll('-', '')}`
      await admin.query(`create role ${role} login password 'emulator-password'`)
      const asRole = new URL(location)
      asRole.username = role
      asRole.password = 'emulator-password'
      url = asRole.href
      return async () => {
        await admin.query(`drop owned by ${role}`)
        await admin.query(`drop role ${role}`)
      }
    })

    test('the missing grant is named, and with it the start succeeds', async () => {
      await expect(openDatabase(url)).rejects.toThrow(
        `CREATE SCHEMA "connected_accounts" AUTHORIZATION "${role}"`,
      )
      await admin.query('create schema connected_accounts')
      await expect(openDatabase(url)).rejects.toThrow(
        `GRANT USAGE, CREATE ON SCHEMA "connected_accounts" TO "${role}"`,
      )
      await admin.query(`grant usage on schema connected_accounts to ${role}`)
      await expect(openDatabase(url)).rejects.toThrow(
        `GRANT CREATE ON SCHEMA "connected_accounts" TO "${role}"`,
      )
      await admin.query(`grant create on schema connected_accounts to ${role}`)
      const database = await openDatabase(url)
      await createEvents(database, now).record({ type: 'flow_refused', externalUserId: 'ada' })
      await database.close()
    })

    test('tables that another role migrated are used without the right to create', async () => {
      await open()
      await admin.query(`grant usage on schema connected_accounts to ${role}`)
      await admin.query(
        `grant select, insert, update, delete on all tables in schema connected_accounts to ${role}`,
      )
      const database = await openDatabase(url)
      await createEvents(database, now).record({ type: 'flow_refused', externalUserId: 'ada' })
      await database.close()
      const rates = await openRateLimits(RATES, url)
      expect(await rates.take('person', 'ada')).toBeUndefined()
      await rates.close()
    })
  })
})
