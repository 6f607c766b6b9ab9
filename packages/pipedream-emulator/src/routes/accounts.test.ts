import { expect, test } from 'vitest'
import { connectKey, createHarness } from '../../test/harness.ts'

const PATH = '/v1/connect/proj_emulator/accounts'
const idsOf = (response: { body: { data: { id: string }[] } }) =>
  response.body.data.map(({ id }) => id)

test('an account is returned unwrapped, with the documented fields', async () => {
  const harness = await createHarness({ now: () => new Date('2026-01-01T01:40:00.000Z') })
  const { accountIds } = harness.emulator.seed({
    accounts: [
      {
        externalUserId: 'ada',
        app: 'google_sheets',
        name: 'ada@example.com',
        createdAt: new Date('2026-01-01T00:00:00.000Z'),
      },
    ],
  })
  const { body } = await harness.asServer(`${PATH}/${accountIds[0]}`)
  expect(body).toEqual({
    id: expect.stringMatching(/^apn_[a-zA-Z0-9]+$/),
    name: 'ada@example.com',
    external_id: 'ada',
    healthy: true,
    dead: null,
    app: expect.objectContaining({ name_slug: 'google_sheets', scope_profiles: expect.any(Array) }),
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
    authorized_scopes: expect.arrayContaining(['https://www.googleapis.com/auth/spreadsheets']),
    error: null,
    // Refreshed every 45 minutes, most recently after 90.
    last_refreshed_at: '2026-01-01T01:30:00.000Z',
    next_refresh_at: '2026-01-01T02:15:00.000Z',
    expires_at: '2026-01-01T02:30:00.000Z',
  })
})

test('a new account counts as unchanged, however the clock ticks', async () => {
  let reads = 0
  const harness = await createHarness({ now: () => new Date(Date.UTC(2026, 0, 1) + reads++) })
  const id = await connectKey(harness, 'ada', 'development')
  const { body } = await harness.asServer(`${PATH}/${id}`)
  expect(body.updated_at).toBe(body.created_at)
})

test('environments are isolated from each other', async () => {
  const harness = await createHarness()
  const development = await connectKey(harness, 'ada', 'development')
  const production = await connectKey(harness, 'ada', 'production')
  const list = (environment: string) => harness.asServer(PATH, { environment })
  expect(idsOf(await list('development'))).toEqual([development])
  expect(idsOf(await list('production'))).toEqual([production])
  expect(
    await harness.asServer(`${PATH}/${development}`, { environment: 'production' }),
  ).toMatchObject({ status: 404 })
  const options = { method: 'DELETE', environment: 'production' }
  expect(await harness.asServer(`${PATH}/${development}`, options)).toMatchObject({ status: 404 })
})

test('a server filters by user, app and OAuth client', async () => {
  const harness = await createHarness()
  const { accountIds } = harness.emulator.seed({
    accounts: [
      { externalUserId: 'ada', app: 'slack' },
      { externalUserId: 'ada', app: 'openai' },
      { externalUserId: 'grace', app: 'slack' },
    ],
  })
  const list = async (query: string) => idsOf(await harness.asServer(`${PATH}?${query}`))
  expect(await list('')).toEqual(accountIds)
  expect(await list('external_user_id=ada')).toEqual(accountIds.slice(0, 2))
  expect(await list('external_user_id=ada&app=app_OkrJhE')).toEqual(accountIds.slice(0, 1))
  expect(await list('app=slack')).toEqual([accountIds[0], accountIds[2]])
  expect(await list('app=nope')).toEqual([])
  expect(await list('external_user_id=unknown')).toEqual([])
  expect(await list('oauth_app_id=oa_mine')).toEqual([])
  const bare = await harness.asServer('/v1/connect/proj_emulator/users/ada/accounts?app=slack')
  expect(bare.body).toMatchObject([{ id: accountIds[0] }])
})

test('a connect token only sees its own user’s accounts, with or without the project', async () => {
  const harness = await createHarness()
  const mine = await connectKey(harness, 'ada')
  const hers = await connectKey(harness, 'grace')
  const bearer = await harness.newConnectToken({ external_user_id: 'ada' })
  for (const path of ['/v1/connect/accounts', PATH]) {
    expect(idsOf(await harness.call(path, { bearer }))).toEqual([mine])
    expect(await harness.call(`${path}/${hers}`, { bearer })).toMatchObject({ status: 404 })
    expect(await harness.call(`${path}/${hers}`, { method: 'DELETE', bearer })).toMatchObject({
      status: 404,
    })
    expect(await harness.call(`${path}?external_user_id=grace`, { bearer })).toMatchObject({
      status: 403,
    })
  }
  expect(await harness.asServer(`${PATH}/${hers}`)).toMatchObject({ status: 200 })
})

test('a connect token is bound to its project and environment', async () => {
  const harness = await createHarness()
  const bearer = await harness.newConnectToken()
  const inProduction = { bearer, environment: 'production' }
  expect(await harness.call('/v1/connect/accounts', inProduction)).toMatchObject({ status: 403 })
  expect(await harness.call('/v1/connect/proj_other/accounts', { bearer })).toMatchObject({
    status: 404,
  })
  expect(
    await harness.call('/v1/connect/proj_emulator/users/ada/accounts', { bearer }),
  ).toMatchObject({ status: 403 })
})

test('a server must name its project', async () => {
  const { asServer } = await createHarness()
  for (const path of ['/v1/connect/accounts', '/v1/connect/proj_other/accounts']) {
    expect(await asServer(path)).toMatchObject({ status: 404, body: { error: 'record not found' } })
  }
})

test('a deleted account is gone', async () => {
  const harness = await createHarness()
  const id = await connectKey(harness)
  const deleted = await harness.asServer(`${PATH}/${id}`, { method: 'DELETE' })
  expect(deleted).toMatchObject({ status: 204, body: '' })
  expect(await harness.asServer(`${PATH}/${id}`)).toMatchObject({ status: 404 })
  expect(await harness.asServer(`${PATH}/${id}`, { method: 'DELETE' })).toMatchObject({
    status: 404,
  })
})

test('an app’s accounts are deleted together; a connect token only deletes its user’s', async () => {
  const harness = await createHarness()
  const seed = () =>
    harness.emulator.seed({
      accounts: [
        { externalUserId: 'ada', app: 'slack' },
        { externalUserId: 'grace', app: 'slack' },
        { externalUserId: 'ada', app: 'openai' },
        { externalUserId: 'ada', app: 'slack', environment: 'production' },
      ],
    }).accountIds
  const [, hers, key] = seed()
  const bearer = await harness.newConnectToken({ external_user_id: 'ada' })
  const mine = await harness.call('/v1/connect/apps/slack/accounts', { method: 'DELETE', bearer })
  expect(mine).toMatchObject({ status: 204, body: '' })
  expect(idsOf(await harness.asServer(PATH))).toEqual([hers, key])
  const path = '/v1/connect/proj_emulator/apps'
  const remove = (app: string) => harness.asServer(`${path}/${app}/accounts`, { method: 'DELETE' })
  expect(await remove('app_OkrJhE')).toMatchObject({ status: 204 })
  expect(await remove('slack')).toMatchObject({ status: 204 })
  expect(await remove('no_such_app')).toMatchObject({ status: 404 })
  expect(idsOf(await harness.asServer(PATH))).toEqual([key])
  expect(idsOf(await harness.asServer(PATH, { environment: 'production' }))).toHaveLength(1)
})

test('users may delete their own accounts', async () => {
  const harness = await createHarness()
  const id = await connectKey(harness)
  const bearer = await harness.newConnectToken()
  expect(
    await harness.call(`/v1/connect/accounts/${id}`, { method: 'DELETE', bearer }),
  ).toMatchObject({ status: 204 })
})

test('credentials are returned to a server that requests them, and only those of a key', async () => {
  const harness = await createHarness()
  const id = await connectKey(harness)
  harness.emulator.seed({ accounts: [{ externalUserId: 'ada', app: 'slack' }] })
  const bearer = await harness.newConnectToken()
  const asked = await harness.asServer(`${PATH}?include_credentials=true`)
  expect(asked.body.data[0]?.credentials).toEqual({ api_key: 'sk-example' })
  expect(asked.body.data[1]).not.toHaveProperty('credentials')
  expect((await harness.asServer(`${PATH}/${id}`)).body).not.toHaveProperty('credentials')
  const byUser = await harness.call(`${PATH}/${id}?include_credentials=true`, { bearer })
  expect(byUser.body).not.toHaveProperty('credentials')
})

test('accounts are paged', async () => {
  const harness = await createHarness()
  const accounts = Array.from({ length: 23 }, () => ({ externalUserId: 'ada', app: 'slack' }))
  const { accountIds } = harness.emulator.seed({ accounts })
  const seen: string[] = []
  let after = ''
  do {
    const response = await harness.asServer(`${PATH}?limit=10&after=${after}`)
    expect(response.body.page_info.total_count).toBe(23)
    seen.push(...idsOf(response))
    after = response.body.page_info.end_cursor
  } while (after !== null)
  expect(seen).toEqual(accountIds)
})

test('seeded health is returned, and a dead account is never healthy', async () => {
  const harness = await createHarness()
  harness.emulator.seed({
    accounts: [
      { externalUserId: 'ada', app: 'slack', healthy: false, error: 'token revoked' },
      { externalUserId: 'ada', app: 'slack', healthy: true, dead: true },
    ],
  })
  const { body } = await harness.asServer(PATH)
  expect(body.data).toMatchObject([
    { healthy: false, dead: null, error: 'token revoked' },
    { healthy: false, dead: true },
  ])
})
