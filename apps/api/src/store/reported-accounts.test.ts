import { expect, test } from 'vitest'
import { engines } from '../../test/fixtures/engines.ts'
import { newFlow } from '../../test/fixtures/new-flow.ts'
import { createFlows } from './flows.ts'
import { openDatabase } from './open-database.ts'
import { createReportedAccounts } from './reported-accounts.ts'
import { createUnsettledFlows } from './unsettled-flows.ts'

const NOW = new Date('2030-01-01T00:20:30Z')
const NEXT_MINUTE = new Date('2030-01-01T00:21:00Z')
const CLAIMED_UNTIL = new Date('2030-01-01T00:21:30Z')

test.each([
  ['that came after the list was read waits for the next list', true],
  ['is forgotten when its flow is settled', false],
])('on each engine, a report %s', async (_, isLate) => {
  for (const engine of engines) {
    const place = await engine.makePlace()
    const database = await openDatabase(place.location)
    const now = () => NOW
    const [flows, reports] = [createFlows(database, now), createReportedAccounts(database, now)]
    const unsettled = createUnsettledFlows(database)
    const start = new Date('2030-01-01T00:00:00Z')
    const { id } = await flows.create(newFlow({ createdAt: start }))
    await flows.revoke(id)
    const report = { flowId: id, accountId: 'apn_1' }
    if (!isLate) await reports.record(report)
    await unsettled.claim({ now: NOW, retryAt: CLAIMED_UNTIL, users: 1 })
    if (isLate) await reports.record(report)
    await unsettled.release([id], { claimedUntil: CLAIMED_UNTIL, next: null })
    await reports.forget(id)
    const asked = { flowIds: [id], accountIds: ['apn_1'] }
    expect(await reports.list(asked)).toEqual(isLate ? [report] : [])
    const due = await unsettled.claim({ now: NEXT_MINUTE, retryAt: CLAIMED_UNTIL, users: 1 })
    expect(due.map((flow) => flow.id)).toEqual(isLate ? [id] : [])
    await database.close()
    await place.remove()
  }
})
