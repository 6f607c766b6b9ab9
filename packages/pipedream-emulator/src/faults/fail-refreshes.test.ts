import { expect, test } from 'vitest'
import { createHarness } from '../../test/harness.ts'

const MINUTE_MS = 60_000
const NOW = new Date('2026-01-01T00:00:00Z')
const at = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE_MS).toISOString()

async function start() {
  const app = 'slack'
  const harness = await createHarness({
    now: () => NOW,
    seed: {
      accounts: [
        { externalUserId: 'ada', app, id: 'apn_One' },
        { externalUserId: 'ada', app, id: 'apn_Two' },
        { externalUserId: 'ada', app: 'openai', id: 'apn_Key' },
      ],
    },
  })
  const read = async (id: string) =>
    (await harness.asServer(`/v1/connect/proj_emulator/accounts/${id}`)).body
  // An access token is valid for an hour.
  const advance = (minutes: number) => harness.emulator.clock.advance(minutes * MINUTE_MS)
  return { ...harness, read, advance }
}

test('the next refresh fails once it is due, and there are no further ones', async () => {
  const { emulator, read, advance } = await start()
  advance(44)
  emulator.faults.add({ kind: 'refresh-failed', path: '/_provider/slack/refresh/apn_One' })
  expect(await read('apn_One')).toMatchObject({ healthy: true, next_refresh_at: at(45) })
  advance(1)
  expect(await read('apn_One')).toMatchObject({
    healthy: false,
    dead: null,
    error: expect.any(String),
    last_refreshed_at: at(0),
    updated_at: at(45),
  })
  expect(await read('apn_Two')).toMatchObject({ healthy: true, last_refreshed_at: at(45) })
  advance(10)
  expect(await read('apn_One')).toMatchObject({ last_refreshed_at: at(0) })
  expect(emulator.faults.list()).toMatchObject([{ hits: 1 }])
})

test('the error is the fault’s, once, and accounts with keys are never refreshed', async () => {
  const { emulator, read, advance } = await start()
  emulator.faults.add({ kind: 'refresh-failed', body: 'The person left.', times: 1 })
  advance(50)
  expect(await read('apn_One')).toMatchObject({ healthy: false, error: 'The person left.' })
  expect(await read('apn_Two')).toMatchObject({ healthy: true })
  expect(await read('apn_Key')).toMatchObject({ healthy: true, error: null })
  emulator.accounts.update('apn_One', { healthy: true })
  expect(await read('apn_One')).toMatchObject({ healthy: true, error: null })
})

test('a later one of several refreshes can fail', async () => {
  const { emulator, asServer, call, advance } = await start()
  emulator.faults.add({ kind: 'refresh-failed', share: 0.3, path: '*' })
  advance(45 * 20)
  expect(emulator.faults.list()).toMatchObject([{ hits: 2 }])
  const bearer = (
    await call('/v1/oauth/token', {
      method: 'POST',
      json: {
        grant_type: 'client_credentials',
        client_id: 'emulator-client',
        client_secret: 'emulator-secret',
      },
    })
  ).body.access_token
  const list = await asServer('/v1/connect/proj_emulator/accounts?app=slack', { bearer })
  for (const { healthy, updated_at, last_refreshed_at } of list.body.data) {
    expect(healthy).toBe(false)
    expect(Date.parse(updated_at) - Date.parse(last_refreshed_at)).toBe(45 * MINUTE_MS)
  }
})
