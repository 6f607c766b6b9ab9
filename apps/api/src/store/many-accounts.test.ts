import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engines, type Place } from '../../test/fixtures/engines.ts'
import { newFlow } from '../../test/fixtures/new-flow.ts'
import { createFlows } from './flows.ts'
import { createHeldAccounts } from './held-accounts.ts'
import { type Database, openDatabase } from './open-database.ts'
import type { Transaction } from './group-commit.ts'

const NOW = new Date('2030-01-01T00:00:00Z')
const LATER = new Date('2030-01-01T00:15:00Z')
const NEVER = '9999-12-31T23:59:59.999Z'
const FIRST = '1970-01-01T00:00:00.000Z'
// More than the parameters of a statement, and more statements than the time of a commit, allow.
const MANY = 4000
const ids = Array.from({ length: MANY }, (_, n) => `apn_${n}`)

/** The holder of a connect token can create as many accounts as she likes. */
describe.each(engines)('thousands of accounts of one user, on $name', ({ makePlace }) => {
  let place: Place
  let database: Database

  beforeAll(async () => {
    place = await makePlace()
    database = await openDatabase(place.location)
  })
  afterAll(async () => {
    await database.close()
    await place.remove()
  })

  /** Runs an insertion for a few accounts at a time. */
  async function forEach(insert: (tables: Transaction['tables'], some: string[]) => unknown) {
    for (let from = 0; from < MANY; from += 500) {
      await database.commit(async ({ tables }) => {
        await insert(tables, ids.slice(from, from + 500))
      })
    }
  }

  test('do not prevent that a flow is revoked, or that its user signs out', async () => {
    const flows = createFlows(database, () => NOW)
    const held = createHeldAccounts(database, () => NOW)
    const flow = await flows.create(newFlow({ createdAt: NOW }))
    await forEach((tables, some) =>
      tables
        .insertInto('held_accounts')
        .values(
          some.map((account_id) => ({
            account_id,
            flow_id: flow.id,
            external_user_id: flow.externalUserId,
            app: 'slack',
            since: NOW.toISOString(),
            account_created_at: NOW.toISOString(),
            deadline: NEVER,
            released_at: NOW.toISOString(),
            released_after: 0,
          })),
        )
        .execute(),
    )
    await forEach((tables, some) =>
      tables
        .insertInto('proofs')
        .values(
          some.map((account_id) => ({
            flow_id: flow.id,
            account_id,
            proven_at: NOW.toISOString(),
          })),
        )
        .execute(),
    )
    expect(await flows.revoke(flow.id)).toBe(true)
    const rows = await database.tables.selectFrom('held_accounts').selectAll().execute()
    expect(rows).toHaveLength(MANY)
    const isHeld = { app: 'slack', reason: 'finished_elsewhere', released_at: null }
    for (const row of rows) expect(row).toMatchObject({ ...isHeld, deadline: FIRST })
    const events = database.tables.selectFrom('events').where('type', '=', 'account_held')
    expect(await events.select('id').execute()).toHaveLength(MANY)
    await flows.signOut(flow.browserHash ?? '')
    expect(await held.claimDue({ now: NOW, retryAt: LATER, limit: 1 })).toEqual([])
  })
})
