import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'

/** An empty database of its own, for `openDatabase`. */
export interface Place {
  location: string
  remove: () => Promise<void>
}

export interface TestedEngine {
  name: 'SQLite' | 'PostgreSQL'
  makePlace: () => Promise<Place>
}

const testDatabaseUrl = process.env.TEST_DATABASE_URL

// Each file that asks for engines counts and names what it left out.
test.runIf(testDatabaseUrl !== undefined)(
  'TEST_DATABASE_URL names a PostgreSQL; without it, SQLite alone is tested',
  () => expect(testDatabaseUrl).toMatch(/^postgres(ql)?:/),
)

async function makeSqliteFile(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'api-store-'))
  return {
    location: join(folder, 'gateway.sqlite'),
    remove: () => rm(folder, { recursive: true }),
  }
}

/** A PostgreSQL database of its own: locks and notifications are per database, so nobody else's get in. */
async function makePostgresDatabase(url: string): Promise<Place> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(url, `create database ${name}`)
  const location = new URL(url)
  location.pathname = `/${name}`
  return {
    location: location.href,
    remove: () => administer(url, `drop database ${name} with (force)`),
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

export const postgres: TestedEngine[] =
  testDatabaseUrl === undefined
    ? []
    : [{ name: 'PostgreSQL', makePlace: () => makePostgresDatabase(testDatabaseUrl) }]

/** The engines that the store must behave the same on. */
export const engines: TestedEngine[] = [{ name: 'SQLite', makePlace: makeSqliteFile }, ...postgres]
