import { expect, test } from 'vitest'
import { connectKey, createHarness, type Harness } from '../../test/harness.ts'

const validate = (harness: Harness, token: string, query: string) =>
  harness.call(`/v1/connect/tokens/${token}/validate?${query}`)

test('a valid token and app return what the page needs, without a credential', async () => {
  const harness = await createHarness()
  harness.emulator.seed({ project: { appName: 'Widgets' } })
  const token = await harness.newConnectToken({ success_redirect_uri: 'https://app.example/ok' })
  const { status, body } = await validate(harness, token, 'app_id=google_sheets')
  expect(status).toBe(200)
  expect(body).toEqual({
    success: true,
    error: null,
    app: expect.objectContaining({ name_slug: 'google_sheets', auth_type: 'oauth' }),
    oauth_app_id: null,
    app_override_id: null,
    app_override_field_names: [],
    oauth_app_workday_official: null,
    oauth_app_connect_base_url: null,
    project_id: 'proj_emulator',
    project_environment: 'development',
    project_app_name: 'Widgets',
    project_support_email: expect.any(String),
    success_redirect_uri: 'https://app.example/ok',
    error_redirect_uri: null,
  })
})

test('an app can be given as an id', async () => {
  const harness = await createHarness()
  const token = await harness.newConnectToken()
  const { body } = await validate(harness, token, 'app_id=app_OkrJhE')
  expect(body.app.name_slug).toBe('slack')
})

test('an account to reconnect implies the app', async () => {
  const harness = await createHarness()
  const accountId = await connectKey(harness)
  const token = await harness.newConnectToken()
  const { body } = await validate(harness, token, `account_id=${accountId}`)
  expect(body.app.name_slug).toBe('openai')
})

test('an account of another user or app cannot be reconnected', async () => {
  const harness = await createHarness()
  const hers = await connectKey(harness, 'grace')
  const mine = await connectKey(harness, 'ada')
  const token = await harness.newConnectToken({ external_user_id: 'ada' })
  for (const query of [`account_id=${hers}`, `account_id=${mine}&app_id=stripe`]) {
    expect((await validate(harness, token, query)).body.success).toBe(false)
  }
})

test('unknown, expired and used tokens are reported as invalid with status 200', async () => {
  const harness = await createHarness()
  const spent = await harness.newConnectToken()
  const json = { app_slug: 'openai', cfmap_json: '{"api_key":"sk"}', connect_token: spent }
  await harness.call('/v1/connect/accounts', { method: 'POST', bearer: spent, json })
  const expired = await harness.newConnectToken({ expires_in: 1 })
  harness.emulator.clock.advance(1000)
  for (const token of ['ctok_unknown', spent, expired]) {
    expect(await validate(harness, token, 'app_id=slack')).toMatchObject({
      status: 200,
      body: {
        success: false,
        error: 'The Pipedream Connect token is invalid. Please generate a new one and try again.',
      },
    })
  }
})

test.each(['app_id=no_such_app', '', 'app_id=toString'])('"%s" finds no app', async (query) => {
  const harness = await createHarness()
  const { body } = await validate(harness, await harness.newConnectToken(), query)
  expect(body).toEqual({ success: false, error: 'App not found. Please check your app id.' })
})
