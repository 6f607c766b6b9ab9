import { expect, test } from 'vitest'
import { connectKey, createHarness, newAccessToken } from '../../test/harness.ts'

const PATH = '/v1/connect/proj_emulator/tokens'
const USER = { external_user_id: 'ada' }

test('a token has the documented shape and is valid for four hours', async () => {
  const now = new Date('2026-05-22T08:00:00.000Z')
  const { asServer } = await createHarness({ now: () => now, publicUrl: 'https://fake.example/' })
  const { status, body } = await asServer(PATH, { method: 'POST', json: USER })
  expect(status).toBe(200)
  expect(body).toEqual({
    token: expect.stringMatching(/^ctok_[0-9a-f]{32}$/),
    expires_at: '2026-05-22T12:00:00.000Z',
    connect_link_url: `https://fake.example/_static/connect.html?token=${body.token}&connectLink=true`,
  })
})

test('expires_in shortens its lifetime, after which it is rejected', async () => {
  const { emulator, call, newConnectToken } = await createHarness()
  const bearer = await newConnectToken({ expires_in: 60 })
  emulator.clock.advance(59_000)
  expect(await call('/v1/connect/accounts', { bearer })).toMatchObject({ status: 200 })
  emulator.clock.advance(1000)
  expect(await call('/v1/connect/accounts', { bearer })).toMatchObject({ status: 401 })
})

test('the older external_id names the user too', async () => {
  const harness = await createHarness()
  const json = { external_id: 'grace' }
  expect(await harness.asServer(PATH, { method: 'POST', json })).toMatchObject({ status: 200 })
})

test.each([
  ['no user', {}],
  ['a blank user', { external_user_id: '' }],
  ['a user who is no string', { external_user_id: 7 }],
  ['a user of 251 characters', { external_user_id: 'x'.repeat(251) }],
  ['a life of nothing', { ...USER, expires_in: 0 }],
  ['a life of more than four hours', { ...USER, expires_in: 14_401 }],
  ['a life in words', { ...USER, expires_in: '60' }],
  ['origins that are no list', { ...USER, allowed_origins: 'https://app.example' }],
  ['origins that are no strings', { ...USER, allowed_origins: [1] }],
  ['a redirect that runs code', { ...USER, success_redirect_uri: 'javascript:alert(1)' }],
  ['a redirect that is no address', { ...USER, error_redirect_uri: '/relative' }],
  ['a webhook that is no web address', { ...USER, webhook_uri: 'file:///etc/passwd' }],
  ['a list', []],
])('%s is rejected with 400', async (_, json) => {
  const { asServer } = await createHarness()
  const { status, body } = await asServer(PATH, { method: 'POST', json })
  expect({ status, body }).toEqual({ status: 400, body: { error: expect.any(String) } })
})

test.each([
  'javascript:alert(1)',
  ' java\nscript:alert(1)',
  'JavaScript://app.example/%0Aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'blob:http://localhost:4010/0d9a2a5e-0000-4000-8000-000000000000',
  'filesystem:http://localhost:4010/temporary/x.html',
  'file:///etc/passwd',
  'about:blank',
  'view-source:https://app.example/',
  'ws://app.example/',
  'ftp://app.example/',
  'chrome://settings',
  'chrome-extension://abcdefghijklmnop/page.html',
  'moz-extension://abcdefghijklmnop/page.html',
  'edge://settings',
  'relative/path',
  '//app.example/ok',
  'https://',
])('a redirect to %s is rejected', async (address) => {
  const { asServer } = await createHarness()
  for (const key of ['success_redirect_uri', 'error_redirect_uri']) {
    const json = { ...USER, [key]: address }
    expect(await asServer(PATH, { method: 'POST', json })).toMatchObject({ status: 400 })
  }
})

test.each([
  'https://app.example/ok?from=connect#done',
  'http://localhost:3000/connect/finish/secret',
  'myapp://connected',
  'com.example.app:/connected',
  'exp+acme://expo-development-client/',
])('a redirect to %s is accepted', async (address) => {
  const { asServer } = await createHarness()
  const json = { ...USER, success_redirect_uri: address, error_redirect_uri: address }
  expect(await asServer(PATH, { method: 'POST', json })).toMatchObject({ status: 200 })
})

test('a user id of 250 characters is accepted', async () => {
  const { asServer } = await createHarness()
  const json = { external_user_id: 'x'.repeat(250) }
  expect(await asServer(PATH, { method: 'POST', json })).toMatchObject({ status: 200 })
})

test('only a server may create a token', async () => {
  const { call, newConnectToken } = await createHarness()
  const connectToken = await newConnectToken()
  const statusOf = async (bearer?: string) => {
    const options = bearer === undefined ? {} : { bearer }
    return (await call(PATH, { method: 'POST', json: USER, ...options })).status
  }
  expect(await statusOf()).toBe(404)
  expect(await statusOf('made-up')).toBe(401)
  expect(await statusOf(connectToken)).toBe(403)
})

test('an unknown project is not found', async () => {
  const { asServer } = await createHarness()
  expect(
    await asServer('/v1/connect/proj_other/tokens', { method: 'POST', json: USER }),
  ).toMatchObject({ status: 404, body: { error: 'record not found' } })
})

test('an unknown environment is rejected', async () => {
  const { asServer } = await createHarness()
  const options = { method: 'POST', json: USER, environment: 'staging' }
  expect(await asServer(PATH, options)).toMatchObject({ status: 400 })
})

test('without the header, a server uses production', async () => {
  const harness = await createHarness()
  const accountId = await connectKey(harness, 'ada', 'production')
  const path = '/v1/connect/proj_emulator/accounts'
  const response = await harness.call(path, { bearer: await newAccessToken(harness.call) })
  expect(response.body.data).toMatchObject([{ id: accountId }])
})
