import { expect, test } from 'vitest'
import { connectKey, createHarness, newAccessToken } from '../test/harness.ts'
import { createEmulator } from './index.ts'

test('reset deletes tokens, accounts, deliveries and names, and resets the clock', async () => {
  const now = new Date('2026-01-01T00:00:00.000Z')
  const harness = await createHarness({ now: () => now, fetch: async () => ({ status: 200 }) })
  const { emulator, call, asServer } = harness
  emulator.seed({ project: { appName: 'Widgets' } })
  await connectKey(harness)
  const token = await harness.newConnectToken({ webhook_uri: 'https://app.example' })
  const json = { app_slug: 'openai', cfmap_json: '{"api_key":"sk"}', connect_token: token }
  await call('/v1/connect/accounts', { method: 'POST', bearer: token, json })
  expect(emulator.deliveries).toHaveLength(1)
  emulator.clock.advance(1000)

  emulator.reset()

  expect(emulator.deliveries).toEqual([])
  expect(emulator.clock.now()).toEqual(now)
  expect(await asServer('/v1/connect/apps')).toMatchObject({ status: 401 })
  const bearer = await newAccessToken(call)
  const accounts = await asServer('/v1/connect/proj_emulator/accounts', { bearer })
  expect(accounts.body.data).toEqual([])
  const fresh = await asServer('/v1/connect/proj_emulator/tokens', {
    method: 'POST',
    bearer,
    json: { external_user_id: 'ada' },
  })
  const checked = await call(`/v1/connect/tokens/${fresh.body.token}/validate?app_id=slack`)
  expect(checked.body.project_app_name).toBe('Acme')
})

test('reset restores the seed, whatever changed', async () => {
  const accounts = ['apn_1', 'apn_2', 'apn_3'].map((id) => ({
    externalUserId: 'ada',
    app: 'openai',
    id,
    credentials: { api_key: 'sk-seed' },
  }))
  const harness = await createHarness({ seed: { accounts } })
  const { emulator, call } = harness
  const look = async () => {
    const bearer = await newAccessToken(call)
    const path = '/v1/connect/proj_emulator/accounts?include_credentials=true'
    return (await harness.asServer(path, { bearer })).body
  }
  const before = await look()
  for (const round of [1, 2]) {
    const bearer = await newAccessToken(call)
    emulator.accounts.update('apn_1', { dead: true })
    await harness.asServer('/v1/connect/proj_emulator/accounts/apn_2', { method: 'DELETE', bearer })
    const response = await harness.asServer('/v1/connect/proj_emulator/tokens', {
      method: 'POST',
      bearer,
      json: { external_user_id: 'ada' },
    })
    const { token } = response.body
    const reconnected = await call('/v1/connect/accounts', {
      method: 'POST',
      bearer: token,
      json: {
        app_slug: 'openai',
        cfmap_json: '{"api_key":"sk-new"}',
        connect_token: token,
        account_id: 'apn_3',
      },
    })
    expect([round, reconnected.status]).toEqual([round, 200])
    expect(await look()).not.toEqual(before)
    emulator.reset()
    expect(await look()).toEqual(before)
  }
})

test('two emulators share nothing', async () => {
  const [one, other] = [await createHarness(), await createHarness()]
  const bearer = await newAccessToken(one.call)
  expect(await other.call('/v1/connect/apps', { bearer })).toMatchObject({ status: 401 })
})

test('a seed with an unknown app is rejected as a whole', async () => {
  const { emulator, asServer } = await createHarness()
  const accounts = [
    { externalUserId: 'ada', app: 'slack' },
    { externalUserId: 'ada', app: 'no_such_app' },
  ]
  expect(() => emulator.seed({ accounts })).toThrow('no_such_app')
  const { body } = await asServer('/v1/connect/proj_emulator/accounts')
  expect(body.data).toEqual([])
})

test('the clock only moves forward', () => {
  const { clock } = createEmulator()
  for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => clock.advance(wrong)).toThrow(RangeError)
  }
})

test('responses are dated by the emulator’s clock, unless a fault sets the date', async () => {
  const emulator = createEmulator({ now: () => new Date('2026-01-01T00:00:00.700Z') })
  const dateOf = async (path: string) => {
    const { headers } = await emulator.fetch(new Request(`http://localhost:4010${path}`))
    return headers.get('date')
  }
  expect(await dateOf('/v1/connect/apps')).toBe('Thu, 01 Jan 2026 00:00:00 GMT')
  emulator.clock.advance(90_000)
  expect(await dateOf('/')).toBe('Thu, 01 Jan 2026 00:01:30 GMT')
  emulator.faults.add({ kind: 'status', status: 503, headers: { date: 'yesterday' }, path: '/**' })
  expect(await dateOf('/v1/connect/apps')).toBe('yesterday')
})

test('a public URL that browsers cannot open is rejected', () => {
  for (const publicUrl of ['localhost:4010', 'ftp://files.example', '']) {
    expect(() => createEmulator({ publicUrl })).toThrow(TypeError)
  }
})

test('unknown paths get Pipedream’s response', async () => {
  const { call } = await createHarness()
  expect(await call('/v2/whatever')).toMatchObject({
    status: 404,
    body: { error: 'record not found' },
  })
})

test('reset restores deleted, changed and added accounts in the seed’s order', async () => {
  const ids = ['apn_a', 'apn_b', 'apn_c']
  const accounts = ids.map((id) => ({ id, externalUserId: 'ada', app: 'openai', name: id }))
  const { emulator, call, asServer } = await createHarness({ seed: { accounts } })
  const path = '/v1/connect/proj_emulator/accounts'
  const before = (await asServer(path)).body
  await asServer(`${path}/apn_b`, { method: 'DELETE' })
  emulator.accounts.update('apn_c', { healthy: false })
  emulator.seed({ accounts: [{ externalUserId: 'grace', app: 'slack' }] })
  emulator.reset()
  expect((await asServer(path, { bearer: await newAccessToken(call) })).body).toEqual(before)
})
