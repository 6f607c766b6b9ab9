import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { describe } from 'vitest'

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

const postgres: TestedEngine = {
  name: 'PostgreSQL',
  makePlace: () => makePostgresDatabase(testDatabaseUrl ?? ''),
}

/** The engines that the store must behave the same on. */
export const engines: TestedEngine[] = [
  { name: 'SQLite', makePlace: makeSqliteFile },
  ...(testDatabaseUrl === undefined ? [] : [postgres]),
]

/** Groups tests of PostgreSQL alone. They are skipped while `TEST_DATABASE_URL` names none. */
export const describePostgres = (name: string, tests: (engine: TestedEngine) => void): void => {
  // oxlint-disable-next-line vitest/valid-title, vitest/valid-describe-callback -- the title and the tests are the caller's
  describe.runIf(testDatabaseUrl !== undefined)(name, () => {
    tests(postgres)
  })
}
