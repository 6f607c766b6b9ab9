import { expect, test, vi } from 'vitest'
import { connectKey, createHarness, type Harness } from '../../test/harness.ts'
import type { FetchLike } from '../index.ts'

const PATH = '/v1/connect/accounts'
const GOOD = { app_slug: 'openai', cfmap_json: '{"api_key":"sk-example"}' }

const connect = (harness: Harness, token: string, json: Record<string, unknown> = GOOD) =>
  harness.call(PATH, { method: 'POST', bearer: token, json: { connect_token: token, ...json } })

test('keys connect one account for the token’s user', async () => {
  const harness = await createHarness()
  const token = await harness.newConnectToken({ external_user_id: 'grace' })
  expect(await connect(harness, token, { ...GOOD, name: 'Work key' })).toMatchObject({
    status: 200,
    body: { external_id: 'grace', name: 'Work key', healthy: true, authorized_scopes: [] },
  })
  expect(await connect(harness, token)).toMatchObject({ status: 401 })
  const { body } = await harness.asServer('/v1/connect/proj_emulator/accounts')
  expect(body.page_info.total_count).toBe(1)
})

test('two concurrent connections with one token create one account', async () => {
  const harness = await createHarness()
  const token = await harness.newConnectToken()
  const responses = await Promise.all([connect(harness, token), connect(harness, token)])
  expect(responses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401])
})

test('a failed test request leaves the token valid', async () => {
  const harness = await createHarness()
  const token = await harness.newConnectToken()
  const wrong = { ...GOOD, cfmap_json: '{"api_key":"invalid-key"}' }
  expect(await connect(harness, token, wrong)).toMatchObject({
    status: 400,
    body: { error: 'Test request failed. Please verify your credentials and try again.' },
  })
  expect(await connect(harness, token)).toMatchObject({ status: 200 })
})

test('a server’s bearer is accepted, as the official SDK sends it', async () => {
  const harness = await createHarness()
  const token = await harness.newConnectToken()
  const path = '/v1/connect/proj_emulator/accounts'
  const json = { ...GOOD, connect_token: token }
  expect(await harness.asServer(path, { method: 'POST', json })).toMatchObject({ status: 200 })
})

test('the connect token in the body must be the caller’s own, for this project and environment', async () => {
  const harness = await createHarness()
  const [mine, hers] = [await harness.newConnectToken(), await harness.newConnectToken()]
  const json = { ...GOOD, connect_token: hers }
  const post = (path: string, options: object) =>
    harness.call(path, { method: 'POST', json, bearer: hers, ...options })
  expect(await post(PATH, { bearer: mine })).toMatchObject({ status: 403 })
  expect(await post(PATH, { environment: 'production' })).toMatchObject({ status: 403 })
  expect(await post(`${PATH}?external_user_id=grace`, {})).toMatchObject({ status: 403 })
  expect(await post('/v1/connect/proj_other/accounts', {})).toMatchObject({ status: 404 })
  expect(await harness.call(PATH, { method: 'POST', json })).toMatchObject({ status: 401 })
})

test.each([
  ['no app', { app_slug: '' }, 400],
  ['an unknown app', { app_slug: 'nope' }, 404],
  ['an app that is signed in to', { app_slug: 'slack' }, 400],
  ['an app that needs no account', { app_slug: 'http' }, 400],
  ['fields that are no JSON', { cfmap_json: '{' }, 400],
  ['fields that are a list', { cfmap_json: '[]' }, 400],
  ['an empty key', { cfmap_json: '{"api_key":""}' }, 400],
  ['a key that is no string', { cfmap_json: '{"api_key":{}}' }, 400],
  ['no key', { cfmap_json: '{}' }, 400],
  ['an override that is not there', { app_override_id: 'ao_x' }, 404],
  ['an account that is not there', { account_id: 'apn_none' }, 404],
])('%s is rejected', async (_, part, status) => {
  const harness = await createHarness()
  const token = await harness.newConnectToken()
  expect(await connect(harness, token, { ...GOOD, ...part })).toMatchObject({
    status,
    body: { error: expect.any(String) },
  })
})

test('reconnecting makes the same account healthy', async () => {
  const harness = await createHarness()
  const { accountIds } = harness.emulator.seed({
    accounts: [
      { externalUserId: 'ada', app: 'openai', name: 'Old key', dead: true, error: 'revoked' },
    ],
  })
  const token = await harness.newConnectToken()
  const response = await connect(harness, token, { ...GOOD, account_id: accountIds[0] })
  expect(response.body).toMatchObject({
    id: accountIds[0],
    name: 'Old key',
    healthy: true,
    dead: null,
    error: null,
  })
})

test('an account of another user or environment cannot be reconnected', async () => {
  const harness = await createHarness()
  const hers = await connectKey(harness, 'grace', 'development')
  const elsewhere = await connectKey(harness, 'ada', 'production')
  const token = await harness.newConnectToken({ external_user_id: 'ada' }, 'development')
  for (const accountId of [hers, elsewhere]) {
    expect(await connect(harness, token, { ...GOOD, account_id: accountId })).toMatchObject({
      status: 404,
    })
  }
})

test('the webhook reports success and failure, without credentials', async () => {
  const fetch = vi.fn<FetchLike>(async () => ({ status: 204 }))
  const harness = await createHarness({ fetch })
  const webhook = { webhook_uri: 'https://app.example/hook?secret=1' }
  const token = await harness.newConnectToken(webhook)
  await connect(harness, token, { ...GOOD, cfmap_json: '{"api_key":"invalid"}' })
  const { body: account } = await connect(harness, token)
  await expect
    .poll(() => harness.emulator.deliveries.map(({ state }) => state))
    .toEqual(['delivered', 'delivered'])
  const [failed, succeeded] = harness.emulator.deliveries
  expect(JSON.parse(failed?.body ?? '')).toEqual({
    event: 'CONNECTION_ERROR',
    connect_token: token,
    environment: 'development',
    connect_session_id: expect.any(Number),
    error: 'Test request failed. Please verify your credentials and try again.',
  })
  expect(JSON.parse(succeeded?.body ?? '')).toMatchObject({
    event: 'CONNECTION_SUCCESS',
    connect_token: token,
    account: { id: account.id, external_id: 'ada', app: { name_slug: 'openai' } },
  })
  expect(succeeded?.body).not.toContain('sk-example')
  expect(fetch).toHaveBeenCalledTimes(2)
  expect(fetch.mock.calls[1]).toMatchObject([webhook.webhook_uri, { body: succeeded?.body }])
})

test('the session’s number is written in full, beyond JavaScript’s precision', async () => {
  const harness = await createHarness({ fetch: async () => ({ status: 200 }) })
  const ids = new Set<string>()
  for (let count = 0; count < 8; count += 1) {
    await connect(harness, await harness.newConnectToken({ webhook_uri: 'https://app.example' }))
    const body = harness.emulator.deliveries.at(-1)?.body ?? ''
    ids.add(/"connect_session_id":(\d+),/.exec(body)?.[1] ?? '')
  }
  expect(ids.size).toBe(8)
  expect([...ids].every((id) => BigInt(id) < 2n ** 128n)).toBe(true)
  expect([...ids].some((id) => BigInt(id) > BigInt(Number.MAX_SAFE_INTEGER))).toBe(true)
})

test('a receiver that is down, slow or failing has no effect', async () => {
  const responses = [
    async () => ({ status: 500 }),
    () => Promise.reject(new Error('no route')),
    () => new Promise<never>(() => undefined),
  ]
  const harness = await createHarness({
    fetch: () => (responses.shift() ?? responses[0])?.() ?? never(),
  })
  for (let count = 0; count < 3; count += 1) {
    const token = await harness.newConnectToken({ webhook_uri: 'https://app.example' })
    expect(await connect(harness, token)).toMatchObject({ status: 200 })
  }
  await expect
    .poll(() => harness.emulator.deliveries.map(({ state, status }) => [state, status]))
    .toEqual([
      ['failed', 500],
      ['failed', null],
      ['pending', null],
    ])
})

function never(): never {
  throw new Error('More webhooks were sent than accounts connected.')
}
