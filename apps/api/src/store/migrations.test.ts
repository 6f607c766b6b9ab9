import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { engines } from '../../test/fixtures/engines.ts'
import { createFlows } from './flows.ts'
import { createHeldAccounts } from './held-accounts.ts'
import { openDatabase } from './open-database.ts'
import { openPostgres } from './postgres/postgres.ts'
import { openSqlite } from './sqlite/sqlite.ts'

describe.each(engines)('from older tables on $name', ({ name, makePlace }) => {
  const undo: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const step of undo.splice(0).toReversed()) await step()
  })

  test('an older flow counts as opened and has a window, and what it held is never deleted', async () => {
    const { location, remove } = await makePlace()
    undo.push(remove)
    const engine = name === 'SQLite' ? await openSqlite(location) : openPostgres(location)
    await engine.migrate('0005-observe-flows')
    const flow = {
      id: randomUUID(),
      external_user_id: 'ada',
      app: 'openai',
      status: 'open',
      viewer_kind: 'user',
      created_at: '2030-01-01T00:00:00.000Z',
      expires_at: '2030-01-01T00:15:00.000Z',
    } as const
    await engine.tables.insertInto('flows').values(flow).execute()
    const held = {
      account_id: 'apn_held',
      flow_id: flow.id,
      external_user_id: 'ada',
      since: '2030-01-01T00:10:00.000Z',
      deadline: '2030-01-01T00:20:00.000Z',
    }
    await engine.tables.insertInto('held_accounts').values(held).execute()
    await engine.close()
    const database = await openDatabase(location)
    undo.push(() => database.close())
    const flows = createFlows(database, () => new Date())
    expect(await flows.get(flow.id)).toMatchObject({
      openedAt: new Date(flow.created_at),
      window: { start: new Date(flow.created_at), end: new Date('2030-01-01T00:20:00.000Z') },
    })
    // There is no proof that the flow created it.
    const heldAccounts = createHeldAccounts(database, () => new Date())
    const due = { now: new Date('2031-01-01'), retryAt: new Date(), limit: 9 }
    expect(await heldAccounts.claimDue(due)).toEqual([])
    expect(await heldAccounts.get('apn_held')).toMatchObject({ createdAt: new Date(held.since) })
  })
})
