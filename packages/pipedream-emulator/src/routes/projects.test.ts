import { expect, test } from 'vitest'
import { withChanges } from '../../test/response-body.ts'
import { createHarness, type Harness } from '../../test/harness.ts'

const PATH = '/v1/connect/projects'
const ACME = {
  name: 'Acme prod',
  app_name: 'Acme',
  support_email: 'help@example.com',
  connect_require_key_auth_test: true,
}

const create = ({ asServer }: Harness, json: unknown = ACME) =>
  asServer(PATH, { method: 'POST', json })

/** Connects a key that the test request rejects. */
async function connectWrongKey({ asServer, call }: Harness, project: string, environment: string) {
  const made = await asServer(`/v1/connect/${project}/tokens`, {
    method: 'POST',
    environment,
    json: { external_user_id: 'ada' },
  })
  const { token } = made.body
  const json = { app_slug: 'openai', cfmap_json: '{"api_key":"invalid"}', connect_token: token }
  return call('/v1/connect/accounts', { method: 'POST', bearer: token, json })
}

test('a project can be created, read, changed and deleted', async () => {
  const harness = await createHarness()
  const created = await create(harness)
  expect(created.status).toBe(201)
  expect(created.body).toEqual({ id: expect.stringMatching(/^proj_[0-9A-Za-z]+$/), ...ACME })
  const one = `${PATH}/${created.body.id}`
  expect(await harness.asServer(one)).toMatchObject({ status: 200, body: created.body })
  const changed = await harness.asServer(one, { method: 'PATCH', json: { app_name: 'Widgets' } })
  expect(changed.body).toEqual(withChanges(created.body, { app_name: 'Widgets' }))
  expect((await harness.asServer(`${PATH}?q=ACME`)).body.data).toEqual([changed.body])
  expect(await harness.asServer(one, { method: 'DELETE' })).toMatchObject({ status: 204, body: '' })
  expect(await harness.asServer(one)).toMatchObject({ status: 404 })
})

test('the emulator’s own project is listed, can be renamed, and cannot be deleted', async () => {
  const harness = await createHarness()
  const one = `${PATH}/proj_emulator`
  await harness.asServer(one, { method: 'PATCH', json: { app_name: 'Widgets' } })
  expect(await harness.asServer(one, { method: 'DELETE' })).toMatchObject({ status: 400 })
  const token = await harness.newConnectToken()
  const check = await harness.call(`/v1/connect/tokens/${token}/validate?app_id=slack`)
  expect(check.body.project_app_name).toBe('Widgets')
  await create(harness)
  const { body } = await harness.asServer(PATH)
  expect(body.data.map(({ id }: { id: string }) => id)).toEqual([
    'proj_emulator',
    expect.stringMatching(/^proj_/),
  ])
})

test('projects do not see each other’s accounts, and delete them with themselves', async () => {
  const harness = await createHarness()
  const { body: project } = await create(harness, { name: 'Other' })
  const environment = 'production'
  const { body: account } = await connectWrongKey(harness, project.id, environment)
  const read = (id: string) =>
    harness.asServer(`/v1/connect/${id}/accounts/${account.id}`, { environment })
  expect(await read(project.id)).toMatchObject({ status: 200, body: { external_id: 'ada' } })
  expect(await read('proj_emulator')).toMatchObject({ status: 404 })
  await harness.asServer(`${PATH}/${project.id}`, { method: 'DELETE' })
  expect(await read(project.id)).toMatchObject({ status: 404 })
})

test('keys are tested where the project requires it', async () => {
  const harness = await createHarness()
  const { body: project } = await create(harness, { name: 'Other' })
  const one = `${PATH}/${project.id}`
  expect(await connectWrongKey(harness, project.id, 'development')).toMatchObject({ status: 200 })
  const json = { connect_require_key_auth_test: true }
  await harness.asServer(one, { method: 'PATCH', json })
  expect(await connectWrongKey(harness, project.id, 'development')).toMatchObject({ status: 400 })
})

test.each([
  ['no name', {}],
  ['a blank name', { name: '' }],
  ['a name that is no string', { name: 1 }],
  ['a test that is neither on nor off', { name: 'x', connect_require_key_auth_test: 'yes' }],
])('%s is rejected', async (_, json) => {
  const harness = await createHarness()
  expect(await create(harness, json)).toMatchObject({ status: 400 })
  expect((await harness.asServer(PATH)).body.data).toHaveLength(1)
})

const sendLogo = ({ asServer }: Harness, logo: string) =>
  asServer(`${PATH}/proj_emulator/logo`, { method: 'POST', json: { logo } })

test.each(['data:image/png;base64,AAAA', 'data:image/svg+xml;base64,PHN2Zy8+'])(
  'the logo %j is accepted',
  async (logo) => {
    const response = await sendLogo(await createHarness(), logo)
    expect(response).toMatchObject({ status: 200, body: '' })
  },
)

test.each([
  'data:image/png;base64,',
  'data:image/png;base64,A',
  'data:text/html;base64,AAAA',
  'https://example.com/logo.png',
  '',
])('the logo %j is rejected', async (logo) => {
  const response = await sendLogo(await createHarness(), logo)
  expect(response).toMatchObject({ status: 400, body: { error: expect.any(String) } })
})

test('info lists the OAuth clients, with the project and, for a connect token, without', async () => {
  const harness = await createHarness()
  const json = { app: 'slack', client_id: 'mine', client_secret: 'example-not-real' }
  const path = '/v1/connect/proj_emulator'
  const { body: client } = await harness.asServer(`${path}/oauth_apps`, { method: 'POST', json })
  const info = { apps: [{ id: client.id, name_slug: 'slack' }] }
  expect((await harness.asServer(`${path}/projects/info`)).body).toEqual(info)
  const bearer = await harness.newConnectToken()
  const asUser = await harness.call(`${PATH}/info`, { bearer })
  expect(asUser).toMatchObject({ status: 200, body: info })
  expect(await harness.asServer(`${PATH}/info`)).toMatchObject({ status: 404 })
})
