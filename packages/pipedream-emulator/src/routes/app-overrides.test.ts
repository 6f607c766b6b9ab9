import { expect, test } from 'vitest'
import { connectOauth, createHarness, type Harness } from '../../test/harness.ts'

const PATH = '/v1/connect/proj_emulator/app_overrides'
const ZENDESK = { app: 'zendesk', name: 'acme-zendesk', cfmap: { subdomain: 'acme' } }

const create = ({ asServer }: Harness, json: Record<string, unknown> = ZENDESK) =>
  asServer(PATH, { method: 'POST', json })

async function createClient({ asServer }: Harness, app = 'zendesk'): Promise<string> {
  const json = { app, client_id: 'mine', client_secret: 'example-not-real' }
  const path = '/v1/connect/proj_emulator/oauth_apps'
  return (await asServer(path, { method: 'POST', json })).body.id
}

test('an override is returned unwrapped, with its app', async () => {
  const harness = await createHarness({ now: () => new Date('2026-01-01T00:00:00.000Z') })
  const { status, body } = await create(harness)
  expect(status).toBe(201)
  expect(body).toEqual({
    id: expect.stringMatching(/^ao_[0-9A-Za-z]+$/),
    name: 'acme-zendesk',
    app: expect.objectContaining({ name_slug: 'zendesk', scope_profiles: [] }),
    oauth_app_id: null,
    cfmap: { subdomain: 'acme' },
    owner_id: 'proj_emulator',
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: null,
  })
  expect(await harness.asServer(`${PATH}/${body.id}`)).toMatchObject({ status: 200, body })
})

test('an update keeps absent fields, and null removes the client', async () => {
  const harness = await createHarness()
  const oauth_app_id = await createClient(harness)
  const { body } = await create(harness, { ...ZENDESK, oauth_app_id })
  const put = async (json: unknown) =>
    (await harness.asServer(`${PATH}/${body.id}`, { method: 'PUT', json })).body
  expect(await put({ name: 'renamed' })).toMatchObject({
    name: 'renamed',
    oauth_app_id,
    cfmap: { subdomain: 'acme' },
    updated_at: expect.any(String),
  })
  expect(await put({ oauth_app_id: null, cfmap: {} })).toMatchObject({
    name: 'renamed',
    oauth_app_id: null,
    cfmap: {},
  })
})

test.each([
  ['no app', { app: '' }],
  ['an unknown app', { app: 'no_such_app' }],
  ['no name', { name: undefined }],
  ['a list for fields', { cfmap: ['acme'] }],
  ['a field that the app lacks', { cfmap: { toString: 'x' } }],
  ['a value that is no string', { cfmap: { subdomain: 1 } }],
  ['an unknown client', { oauth_app_id: 'oa_none' }],
])('%s is rejected', async (_, change) => {
  const harness = await createHarness()
  expect(await create(harness, { ...ZENDESK, ...change })).toMatchObject({ status: 400 })
  expect((await harness.asServer(PATH)).body.data).toEqual([])
})

test('a sensitive field is rejected with Pipedream’s message, on creation and on update', async () => {
  const harness = await createHarness()
  const refusal = { status: 400, body: { error: 'sensitive custom field cannot be pre-defined' } }
  const openai = { app: 'openai', name: 'acme-openai' }
  const cfmap = { api_key: 'example' }
  expect(await create(harness, { ...openai, cfmap })).toMatchObject(refusal)
  const { body } = await create(harness, openai)
  const put = await harness.asServer(`${PATH}/${body.id}`, { method: 'PUT', json: { cfmap } })
  expect(put).toMatchObject(refusal)
  expect((await harness.asServer(`${PATH}/${body.id}`)).body.cfmap).toEqual({})
})

test('a name is unique, and a client must belong to the same app', async () => {
  const harness = await createHarness()
  const { body: first } = await create(harness)
  const { body: second } = await create(harness, { ...ZENDESK, name: 'second' })
  expect(await create(harness)).toMatchObject({ status: 400 })
  const put = (json: unknown) => harness.asServer(`${PATH}/${second.id}`, { method: 'PUT', json })
  expect(await put({ name: first.name })).toMatchObject({ status: 400 })
  const slack = await createClient(harness, 'slack')
  expect(await put({ oauth_app_id: slack })).toMatchObject({ status: 400 })
  expect((await harness.asServer(`${PATH}/${second.id}`)).body).toEqual(second)
})

test('overrides can be listed by app, and deleted', async () => {
  const harness = await createHarness()
  const { body } = await create(harness)
  await create(harness, { app: 'twilio', name: 'acme-twilio' })
  const { body: page } = await harness.asServer(`${PATH}?app=zendesk`)
  expect(page).toMatchObject({ data: [body], page_info: { total_count: 1, end_cursor: null } })
  const remove = () => harness.asServer(`${PATH}/${body.id}`, { method: 'DELETE' })
  expect(await remove()).toMatchObject({ status: 204, body: '' })
  expect(await remove()).toMatchObject({ status: 404 })
})

test('an override adds the app, its preset fields and its client to a validation', async () => {
  const harness = await createHarness()
  const oauth_app_id = await createClient(harness)
  const { body } = await create(harness, { ...ZENDESK, oauth_app_id })
  const token = await harness.newConnectToken()
  const validate = async (query: string) =>
    (await harness.call(`/v1/connect/tokens/${token}/validate?${query}`)).body
  expect(await validate(`app_override_id=${body.id}`)).toMatchObject({
    success: true,
    app: { name_slug: 'zendesk' },
    app_override_id: body.id,
    app_override_field_names: ['subdomain'],
    oauth_app_id,
  })
  for (const query of [`app_id=slack&app_override_id=${body.id}`, 'app_override_id=ao_none']) {
    expect(await validate(query)).toEqual({ success: false, error: expect.any(String) })
  }
})

test('an override’s values take precedence over a key form’s', async () => {
  const harness = await createHarness()
  const cfmap = { accountSid: 'AC-acme' }
  const { body } = await create(harness, { app: 'twilio', name: 'acme', cfmap })
  const connect = async (typed: object, app_slug = 'twilio') => {
    const connect_token = await harness.newConnectToken()
    const json = {
      app_slug,
      connect_token,
      cfmap_json: JSON.stringify(typed),
      app_override_id: body.id,
    }
    return harness.call('/v1/connect/accounts', { method: 'POST', bearer: connect_token, json })
  }
  const { body: account } = await connect({ accountSid: 'AC-other', authToken: 'example' })
  const path = `/v1/connect/proj_emulator/accounts/${account.id}?include_credentials=true`
  expect((await harness.asServer(path)).body.credentials).toEqual({
    accountSid: 'AC-acme',
    authToken: 'example',
  })
  expect(await connect({ authToken: 'example' })).toMatchObject({ status: 200 })
  expect(await connect({ api_key: 'sk' }, 'openai')).toMatchObject({ status: 400 })
})

test('a sign-in with an override uses its client and its values', async () => {
  const harness = await createHarness()
  const oauth_app_id = await createClient(harness)
  const { body } = await create(harness, { ...ZENDESK, oauth_app_id })
  const id = await connectOauth(harness, { app: 'zendesk', appOverrideId: body.id })
  const path = `/v1/connect/proj_emulator/accounts/${id}?include_credentials=true`
  expect((await harness.asServer(path)).body).toMatchObject({
    app: { id: oauth_app_id },
    credentials: { subdomain: 'acme', oauth_client_id: 'mine' },
  })
})
