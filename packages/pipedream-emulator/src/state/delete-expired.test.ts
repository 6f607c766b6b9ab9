import { expect, test } from 'vitest'
import { createHarness, type Harness, newAccessToken } from '../../test/harness.ts'

const DAY_MS = 86_400_000

test('tokens that expired long ago are deleted when new ones are created', async () => {
  const harness = await createHarness()
  const { emulator, call } = harness
  const old = await harness.newConnectToken()
  emulator.clock.advance(DAY_MS)
  const bearer = await newAccessToken(call)
  const tokens = '/v1/connect/proj_emulator/tokens'
  const json = { external_user_id: 'ada' }
  const { body } = await call(tokens, { method: 'POST', bearer, json })
  const saved = emulator.state.save()
  expect(saved).toContain(body.token)
  expect(saved).not.toContain(old)
  expect(JSON.parse(saved).tables.accessTokens).toHaveLength(1)
  const checked = await call(`/v1/connect/tokens/${old}/validate?app_id=slack`)
  expect(checked).toMatchObject({ status: 200, body: { success: false } })
})

test('a token that outlives a newer one is kept', async () => {
  const harness = await createHarness()
  const long = await harness.newConnectToken({ expires_in: 14_400 })
  await harness.newConnectToken({ expires_in: 1 })
  harness.emulator.clock.advance(3_599_000)
  await harness.newConnectToken()
  const checked = await harness.call(`/v1/connect/tokens/${long}/validate?app_id=slack`)
  expect(checked.body.success).toBe(true)
})

async function openPopup(harness: Harness, attempt: string): Promise<void> {
  const token = await harness.newConnectToken()
  const query = new URLSearchParams({ app: 'slack', token, attempt })
  await harness.call(`/_static/oauth/start?${query}`)
}

function readTables({ emulator }: Harness) {
  return JSON.parse(emulator.state.save()).tables
}

const [FIRST, SECOND] = ['a'.repeat(32), 'b'.repeat(32)]

test('pop-ups are deleted long after their tokens expired, and not before', async () => {
  const harness = await createHarness()
  await openPopup(harness, FIRST)
  await openPopup(harness, SECOND)
  expect(readTables(harness)).toMatchObject({
    attempts: [
      [FIRST, {}],
      [SECOND, {}],
    ],
  })
  harness.emulator.clock.advance(DAY_MS)
  const bearer = await newAccessToken(harness.call)
  const json = { external_user_id: 'ada' }
  const path = '/v1/connect/proj_emulator/tokens'
  const { body } = await harness.call(path, { method: 'POST', bearer, json })
  const query = new URLSearchParams({ app: 'slack', token: body.token, attempt: 'c'.repeat(32) })
  await harness.call(`/_static/oauth/start?${query}`)
  const { attempts, authorizations } = readTables(harness)
  expect([attempts.length, authorizations.length]).toEqual([1, 1])
})

test('pop-ups without an expiry, from an older version, are loaded and deleted', async () => {
  const harness = await createHarness()
  await openPopup(harness, FIRST)
  const saved = JSON.parse(harness.emulator.state.save())
  for (const table of [saved.tables.attempts, saved.tables.authorizations]) {
    for (const [, row] of table) delete row.expiresAt
  }
  harness.emulator.state.load(JSON.stringify(saved))
  expect((await harness.call(`/_static/oauth/attempts/${FIRST}`)).status).toBe(200)
  await openPopup(harness, SECOND)
  const { attempts, authorizations } = readTables(harness)
  expect([attempts.length, authorizations.length]).toEqual([1, 1])
})
