import { expect, test } from 'vitest'
import { connectOauth, createHarness, type Harness } from '../../test/harness.ts'

const PATH = '/v1/connect/proj_emulator/oauth_apps'
const SLACK = {
  app: 'slack',
  client_id: '111.222',
  client_secret: 'example-not-real',
  name: 'Acme Slack',
  description: 'prod client',
  scopes: ['chat:write'],
  additional_scopes: ['files:read'],
}

const create = ({ asServer }: Harness, json: Record<string, unknown> = SLACK) =>
  asServer(PATH, { method: 'POST', json })

test('a client is returned unwrapped, with its own fields and without its secret', async () => {
  const harness = await createHarness({ now: () => new Date('2026-01-01T00:00:00.000Z') })
  const { status, body } = await create(harness)
  expect(status).toBe(200)
  expect(body).toEqual({
    id: expect.stringMatching(/^oa_[0-9a-zA-Z]+$/),
    client_id: '111.222',
    scopes: ['chat:write'],
    additional_scopes: ['files:read'],
    redirect_uri: `http://localhost:4010/connect/oauth/${body.id}/callback`,
    owner_id: 'proj_emulator',
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
    name_slug: 'slack',
    name: 'Acme Slack',
    auth_type: 'oauth',
    description: 'prod client',
    img_src: expect.any(String),
    custom_fields_json: '[]',
    categories: ['Communication'],
    featured_weight: expect.any(Number),
    scope_profiles: expect.any(Array),
  })
  expect(await harness.asServer(`${PATH}/${body.id}`)).toMatchObject({ status: 200, body })
  const elsewhere = await harness.asServer(`${PATH}/${body.id}`, { environment: 'production' })
  expect(elsewhere).toMatchObject({ status: 200, body })
})

test('an update changes named fields, and a blank secret or id changes nothing', async () => {
  const harness = await createHarness()
  const { body } = await create(harness)
  const json = { name: null, scopes: [], client_secret: '', client_id: '' }
  const updated = await harness.asServer(`${PATH}/${body.id}`, { method: 'PUT', json })
  expect(updated.body).toMatchObject({
    id: body.id,
    client_id: '111.222',
    name: 'Slack',
    description: 'prod client',
    scopes: [],
    additional_scopes: ['files:read'],
  })
  expect((await harness.asServer(`${PATH}/${body.id}`)).body).toEqual(updated.body)
})

test('clients can be listed by app and searched', async () => {
  const harness = await createHarness()
  await create(harness)
  await create(harness, { app: 'notion', client_id: 'n', client_secret: 's', name: 'Notes' })
  const list = async (query: string) =>
    (await harness.asServer(`${PATH}?${query}`)).body.data.map(({ name }: { name: string }) => name)
  expect(await list('')).toEqual(['Acme Slack', 'Notes'])
  expect(await list('app=app_OkrJhE')).toEqual(['Acme Slack'])
  expect(await list('q=PROD')).toEqual(['Acme Slack'])
  expect(await list('q=note&app=slack')).toEqual([])
  expect(await harness.asServer(`${PATH}?app=no_such_app`)).toMatchObject({ status: 404 })
})

test.each([
  ['no app', { app: undefined }],
  ['an unknown app', { app: 'no_such_app' }],
  ['an app that takes keys', { app: 'openai' }],
  ['no client id', { client_id: '' }],
  ['no secret', { client_secret: null }],
  ['scopes that are no list', { scopes: 'chat:write' }],
])('%s is rejected', async (_, change) => {
  const harness = await createHarness()
  expect(await create(harness, { ...SLACK, ...change })).toMatchObject({ status: 400 })
  expect((await harness.asServer(PATH)).body.data).toEqual([])
})

test('an account connected through a client has its id, scopes and credentials', async () => {
  const harness = await createHarness()
  const { body: client } = await create(harness)
  const shared = await connectOauth(harness, { app: 'slack' })
  const own = await connectOauth(harness, { app: 'slack', oauthAppId: client.id })
  const pinned = await connectOauth(harness, { app: 'slack' }, { oauth_app_id: client.id })
  const accounts = '/v1/connect/proj_emulator/accounts'
  for (const id of [own, pinned]) {
    const { body } = await harness.asServer(`${accounts}/${id}?include_credentials=true`)
    expect(body).toMatchObject({
      app: { id: client.id, name_slug: 'slack' },
      authorized_scopes: ['chat:write', 'files:read'],
      credentials: {
        oauth_client_id: '111.222',
        oauth_access_token: expect.any(String),
        oauth_refresh_token: expect.any(String),
        oauth_uid: expect.any(String),
      },
    })
  }
  const { body } = await harness.asServer(`${accounts}?oauth_app_id=${client.id}`)
  expect(body.data.map(({ id }: { id: string }) => id)).toEqual([own, pinned])
  const common = await harness.asServer(`${accounts}/${shared}?include_credentials=true`)
  expect(common.body).not.toHaveProperty('credentials')
})

test('a client is only valid with its own app', async () => {
  const harness = await createHarness()
  const { body: client } = await create(harness)
  const token = await harness.newConnectToken()
  const validate = async (query: string) =>
    (await harness.call(`/v1/connect/tokens/${token}/validate?${query}`)).body
  expect(await validate(`app_id=slack&oauth_app_id=${client.id}`)).toMatchObject({
    success: true,
    oauth_app_id: client.id,
  })
  for (const query of [
    `app_id=notion&oauth_app_id=${client.id}`,
    'app_id=slack&oauth_app_id=oa_no',
  ]) {
    expect(await validate(query)).toEqual({ success: false, error: expect.any(String) })
  }
})

test('a client without accounts can be deleted, and its accounts by its id', async () => {
  const harness = await createHarness()
  const { body: client } = await create(harness)
  await connectOauth(harness, { app: 'slack', oauthAppId: client.id })
  const shared = await connectOauth(harness, { app: 'slack' })
  const remove = () => harness.asServer(`${PATH}/${client.id}`, { method: 'DELETE' })
  expect(await remove()).toMatchObject({ status: 400 })
  const accounts = `/v1/connect/proj_emulator/apps/${client.id}/accounts`
  expect(await harness.asServer(accounts, { method: 'DELETE' })).toMatchObject({ status: 204 })
  expect((await harness.asServer('/v1/connect/proj_emulator/accounts')).body.data).toMatchObject([
    { id: shared },
  ])
  expect(await remove()).toMatchObject({ status: 204, body: '' })
  expect(await remove()).toMatchObject({ status: 404 })
})
