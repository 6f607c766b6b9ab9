import { describe, expect, test } from 'vitest'
import { engines } from '../../test/fixtures/engines.ts'
import { createTimedGateway, live } from '../../test/fixtures/follow-flow.ts'
import { newFlow } from '../../test/fixtures/new-flow.ts'
import { createFlows } from '../store/flows.ts'
import { openDatabase } from '../store/open-database.ts'

const MINUTE_MS = 60_000
const FLOWS = 340
// With these flows, more reports than a statement takes parameters.
const ACCOUNTS = 100

describe.each(engines)('webhooks of many flows that name many accounts, on $name', (engine) => {
  test('take few commits, and all flows are settled', async () => {
    const place = await engine.makePlace()
    const database = await openDatabase(place.location)
    const gateway = await createTimedGateway({ database })
    const now = gateway.emulator.clock.now()
    const flows = createFlows(database, () => now)
    const started = await Promise.all(
      Array.from({ length: FLOWS }, () => flows.create(newFlow({ createdAt: now }))),
    )
    const { accountIds } = gateway.emulator.seed({
      accounts: Array.from({ length: ACCOUNTS }, () => ({
        app: 'openai',
        externalUserId: 'mallory',
        createdAt: now,
      })),
    })
    // As webhooks do that exceed their share of calls.
    for (const account_id of accountIds) {
      const reports = started.map(({ id }) => ({ flow_id: id, account_id }))
      await database.commit(({ tables }) =>
        tables.insertInto('reported_accounts').values(reports).execute(),
      )
    }
    await live(gateway, 20 * MINUTE_MS - 1)
    const before = database.transactions
    gateway.advance(MINUTE_MS / 2)
    await gateway.server.reconcile()
    expect(database.transactions - before).toBeLessThan(1000)
    const proofs = await database.tables.selectFrom('proofs').select('flow_id').execute()
    expect(proofs).toHaveLength(FLOWS * ACCOUNTS)
    await live(gateway, MINUTE_MS)
    const unsettled = database.tables.selectFrom('flows').where('settle_after', 'is not', null)
    expect(await unsettled.select('id').execute()).toEqual([])
    expect(gateway.complaints()).toEqual([])
    await gateway.server.close()
    await place.remove()
  })
})
