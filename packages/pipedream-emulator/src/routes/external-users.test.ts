import { expect, test } from 'vitest'
import { connectKey, createHarness, type Harness } from '../../test/harness.ts'

const PATH = '/v1/connect/proj_emulator/users'
const ACCOUNTS = '/v1/connect/proj_emulator/accounts'
const idsOf = (response: { body: { data: { external_id: string }[] } }) =>
  response.body.data.map((user) => user.external_id)
const countAccounts = async ({ asServer }: Harness) =>
  (await asServer(ACCOUNTS)).body.page_info.total_count

test('a connected account creates the user, a token alone does not', async () => {
  const harness = await createHarness({ now: () => new Date('2026-01-01T00:00:00.000Z') })
  await harness.newConnectToken({ external_user_id: 'grace' })
  await connectKey(harness, 'ada')
  harness.emulator.clock.advance(60_000)
  await connectKey(harness, 'ada')
  const { status, body } = await harness.asServer(PATH)
  expect(status).toBe(200)
  expect(body.data).toEqual([
    {
      id: expect.stringMatching(/^exu_[a-zA-Z0-9]+$/),
      external_id: 'ada',
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-01-01T00:01:00.000Z',
    },
  ])
})

test('q matches a part of an id, and the list is paged', async () => {
  const harness = await createHarness()
  const names = ['ada-1', 'ada-2', 'ada-3', 'grace-1']
  harness.emulator.seed({
    accounts: names.map((externalUserId) => ({ externalUserId, app: 'slack' })),
  })
  expect(idsOf(await harness.asServer(`${PATH}?q=da-`))).toEqual(names.slice(0, 3))
  const first = await harness.asServer(`${PATH}?q=da-&limit=2`)
  expect(first.body.page_info).toMatchObject({ total_count: 3, count: 2 })
  const { end_cursor } = first.body.page_info
  const second = await harness.asServer(`${PATH}?q=da-&limit=2&after=${end_cursor}`)
  expect([...idsOf(first), ...idsOf(second)]).toEqual(names.slice(0, 3))
  expect(second.body.page_info.end_cursor).toBeNull()
})

test('deleting a user deletes their accounts, in this environment only', async () => {
  const harness = await createHarness()
  await connectKey(harness, 'u 1/2')
  await connectKey(harness, 'u 1/2', 'production')
  const hers = await connectKey(harness, 'grace')
  const gone = await harness.asServer(`${PATH}/u%201%2F2`, { method: 'DELETE' })
  expect(gone).toMatchObject({ status: 204, body: '' })
  expect(idsOf(await harness.asServer(PATH))).toEqual(['grace'])
  expect((await harness.asServer(ACCOUNTS)).body.data).toMatchObject([{ id: hers }])
  expect(idsOf(await harness.asServer(PATH, { environment: 'production' }))).toEqual(['u 1/2'])
  expect(await harness.asServer(`${PATH}/u%201%2F2`, { method: 'DELETE' })).toMatchObject({
    status: 404,
  })
})

test('a connect token may delete its own user, no one else, and cannot list users', async () => {
  const harness = await createHarness()
  await connectKey(harness, 'ada')
  await connectKey(harness, 'grace')
  const bearer = await harness.newConnectToken({ external_user_id: 'ada' })
  const remove = (user: string) =>
    harness.call(`/v1/connect/users/${user}`, { method: 'DELETE', bearer })
  for (const path of [PATH, '/v1/connect/users']) {
    expect(await harness.call(path, { bearer })).toMatchObject({ status: 403 })
  }
  expect(await remove('grace')).toMatchObject({ status: 403 })
  expect(await countAccounts(harness)).toBe(2)
  expect(await remove('ada')).toMatchObject({ status: 204 })
  expect(await countAccounts(harness)).toBe(1)
})

test('development allows ten users, and reports the limit to the user and the webhook', async () => {
  const harness = await createHarness({ fetch: async () => ({ status: 200 }) })
  for (let user = 1; user <= 10; user += 1) await connectKey(harness, `user-${user}`)
  const token = await harness.newConnectToken({
    external_user_id: 'user-11',
    webhook_uri: 'https://app.example/hook',
  })
  const error = "You've hit your limit on the number of external users you can connect."
  const json = { app_slug: 'openai', cfmap_json: '{"api_key":"sk"}', connect_token: token }
  const connect = () =>
    harness.call('/v1/connect/accounts', { method: 'POST', bearer: token, json })
  expect(await connect()).toMatchObject({ status: 400, body: { error } })
  expect(harness.emulator.deliveries.map(({ body }) => JSON.parse(body))).toMatchObject([
    { event: 'CONNECTION_ERROR', connect_token: token, error },
  ])
  await connectKey(harness, 'user-1')
  await connectKey(harness, 'user-11', 'production')
  expect(await countAccounts(harness)).toBe(11)
  await harness.asServer(`${PATH}/user-1`, { method: 'DELETE' })
  expect(await connect()).toMatchObject({ status: 200 })
})

test('the limit of development users is configurable, and must be a whole number', async () => {
  const harness = await createHarness({ developmentUserLimit: 1 })
  expect(await connectKey(harness, 'ada')).toMatch(/^apn_/)
  expect(await connectKey(harness, 'grace')).toBeUndefined()
  const open = await createHarness({ developmentUserLimit: Number.POSITIVE_INFINITY })
  for (let user = 1; user <= 11; user += 1) await connectKey(open, `user-${user}`)
  expect(await countAccounts(open)).toBe(11)
  await expect(createHarness({ developmentUserLimit: -1 })).rejects.toThrow(TypeError)
})
