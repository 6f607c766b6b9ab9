import { expect, test } from 'vitest'
import { createHarness, type Harness } from '../../test/harness.ts'

const ATTEMPT = '0123456789abcdef0123456789abcdef'

/** Opens the pop-up without a browser, and returns the consent page's query. */
async function start(harness: Harness, token: string, parts: Record<string, string> = {}) {
  const query = new URLSearchParams({ token, app: 'slack', attempt: ATTEMPT, ...parts })
  const { status, headers } = await harness.call(`/_static/oauth/start?${query}`)
  const location = headers.get('location') ?? ''
  return { status, location, state: new URLSearchParams(location.split('?')[1]).get('state') ?? '' }
}

async function decide(
  harness: Harness,
  form: Record<string, string> | [string, string][],
  slug = 'slack',
) {
  const response = await harness.emulator.fetch(
    new Request(`http://localhost:4010/_provider/${slug}/authorize`, {
      method: 'POST',
      body: new URLSearchParams(form),
    }),
  )
  return (response.headers.get('location') ?? '').replace('http://localhost:4010', '')
}

const outcome = async (harness: Harness) =>
  (await harness.call(`/_static/oauth/attempts/${ATTEMPT}`)).body

const countAccounts = async (harness: Harness): Promise<number> =>
  (await harness.asServer('/v1/connect/proj_emulator/accounts')).body.page_info.total_count

test('start, allow and callback connect the chosen account', async () => {
  const harness = await createHarness()
  const { state } = await start(harness, await harness.newConnectToken())
  expect(await outcome(harness)).toEqual({ status: 'pending' })
  await harness.call(
    await decide(harness, { state, decision: 'allow', account: 'ada@example.com' }),
  )
  const { status, accountId } = await outcome(harness)
  expect(status).toBe('succeeded')
  expect(
    (await harness.asServer(`/v1/connect/proj_emulator/accounts/${accountId}`)).body,
  ).toMatchObject({ name: 'ada@example.com', external_id: 'ada', app: { name_slug: 'slack' } })
})

test('a callback works once', async () => {
  const harness = await createHarness()
  const { state } = await start(harness, await harness.newConnectToken())
  const callback = await decide(harness, { state, decision: 'allow' })
  await harness.call(callback)
  await harness.call(callback)
  expect(await countAccounts(harness)).toBe(1)
})

test('a callback without the provider’s own code connects nothing', async () => {
  const harness = await createHarness()
  const { state } = await start(harness, await harness.newConnectToken())
  const callback = await decide(harness, { state, decision: 'allow' })
  await harness.call(callback.replace(/code=[^&]*/, 'code=guessed'))
  await harness.call(callback)
  expect(await outcome(harness)).toMatchObject({ status: 'failed' })
  expect(await countAccounts(harness)).toBe(0)
})

test('a callback before the user allowed access connects nothing', async () => {
  const harness = await createHarness()
  const { state } = await start(harness, await harness.newConnectToken())
  await harness.call(`/_static/oauth/callback?state=${state}&code=guessed`)
  expect(await outcome(harness)).toMatchObject({ status: 'failed' })
  expect(await countAccounts(harness)).toBe(0)
})

test('a denied request cannot be allowed afterwards', async () => {
  const harness = await createHarness()
  const { state } = await start(harness, await harness.newConnectToken())
  await harness.call(await decide(harness, { state, decision: 'deny' }))
  expect(await decide(harness, { state, decision: 'allow' })).toBe('')
  expect(await countAccounts(harness)).toBe(0)
})

test('an unknown state is rejected', async () => {
  const harness = await createHarness()
  await harness.call(`/_static/oauth/callback?state=made-up&code=x`)
  expect(await decide(harness, { state: 'made-up', decision: 'allow' })).toBe('')
  expect(await countAccounts(harness)).toBe(0)
})

test('another provider does not know the request', async () => {
  const harness = await createHarness()
  const { state } = await start(harness, await harness.newConnectToken())
  expect(await decide(harness, { state, decision: 'allow' }, 'github')).toBe('')
})

test('a provider does not redirect to other addresses', async () => {
  const harness = await createHarness()
  const { location } = await start(harness, await harness.newConnectToken())
  expect((await harness.call(location)).body).toContain('Allow')
  const elsewhere = location.replace(/redirect_uri=[^&]*/, 'redirect_uri=https://evil.example')
  expect((await harness.call(elsewhere)).body).not.toContain('Allow')
})

test('a token that was used or expired in the meantime connects nothing', async () => {
  const harness = await createHarness()
  const token = await harness.newConnectToken({ expires_in: 60 })
  const first = await start(harness, token)
  const other = 'f'.repeat(32)
  const second = await start(harness, token, { attempt: other })
  await harness.call(await decide(harness, { state: first.state, decision: 'allow' }))
  await harness.call(await decide(harness, { state: second.state, decision: 'allow' }))
  expect((await harness.call(`/_static/oauth/attempts/${other}`)).body).toMatchObject({
    status: 'failed',
  })
  expect(await countAccounts(harness)).toBe(1)

  const late = await start(harness, await harness.newConnectToken({ expires_in: 60 }), {
    attempt: 'e'.repeat(32),
  })
  harness.emulator.clock.advance(60_000)
  await harness.call(await decide(harness, { state: late.state, decision: 'allow' }))
  expect(await countAccounts(harness)).toBe(1)
})

test('an account that was deleted in the meantime is not reconnected', async () => {
  const harness = await createHarness()
  const { accountIds } = harness.emulator.seed({
    accounts: [{ externalUserId: 'ada', app: 'slack' }],
  })
  const accountId = accountIds[0] ?? ''
  const { state } = await start(harness, await harness.newConnectToken(), { accountId })
  await harness.asServer(`/v1/connect/proj_emulator/accounts/${accountId}`, { method: 'DELETE' })
  await harness.call(await decide(harness, { state, decision: 'allow' }))
  expect(await outcome(harness)).toMatchObject({ status: 'failed' })
  expect(await countAccounts(harness)).toBe(0)
})

test('an attempt’s id is used once, and must be unguessable', async () => {
  const harness = await createHarness()
  const token = await harness.newConnectToken()
  expect((await start(harness, token)).status).toBe(303)
  expect((await start(harness, token)).status).toBe(400)
  expect((await start(harness, token, { attempt: '1' })).status).toBe(400)
})

test('an invalid token results in a failed attempt, not in a provider’s page', async () => {
  const harness = await createHarness()
  const { status } = await start(harness, 'ctok_unknown')
  expect(status).toBe(200)
  expect(await outcome(harness)).toMatchObject({ status: 'failed', error: expect.any(String) })
})

test.each([
  ['deny', 'Access was denied. No account was connected.'],
  ['fail', 'Connection failed. Please retry or contact support.'],
])('the webhook reports "%s", and the token stays valid', async (decision, error) => {
  const harness = await createHarness({ fetch: async () => ({ status: 200 }) })
  const token = await harness.newConnectToken({ webhook_uri: 'https://app.example' })
  const { state } = await start(harness, token)
  await harness.call(await decide(harness, { state, decision }))
  expect(await outcome(harness)).toEqual({ status: 'failed', error })
  expect(harness.emulator.deliveries.map(({ body }) => JSON.parse(body))).toMatchObject([
    { event: 'CONNECTION_ERROR', connect_token: token, error },
  ])
  const check = await harness.call(`/v1/connect/tokens/${token}/validate?app_id=slack`)
  expect(check.body.success).toBe(true)
})

const READ_ONLY = ['channels:read', 'users:read']

/** Connects Slack, granting only these of the requested scopes. */
async function grant(harness: Harness, { token, granted }: { token: string; granted: string[] }) {
  const { state } = await start(harness, token, { oauthScopeProfile: 'read_only' })
  const scopes = granted.map((scope): [string, string] => ['scope', scope])
  const form: [string, string][] = [
    ['state', state],
    ['decision', 'allow'],
    ['chosen', 'scopes'],
    ...scopes,
  ]
  await harness.call(await decide(harness, form))
  return outcome(harness)
}

const readAccount = async (harness: Harness, id: string) =>
  (await harness.asServer(`/v1/connect/proj_emulator/accounts/${id}?include_credentials=true`)).body

test('a scope profile requests its own scopes, and an unknown one the default', async () => {
  const harness = await createHarness()
  const connect = async (oauthScopeProfile: string) => {
    const attempt = crypto.randomUUID().replaceAll('-', '')
    const { location, state } = await start(harness, await harness.newConnectToken(), {
      attempt,
      oauthScopeProfile,
    })
    const consent = (await harness.call(location)).text
    await harness.call(await decide(harness, { state, decision: 'allow' }))
    const { accountId } = (await harness.call(`/_static/oauth/attempts/${attempt}`)).body
    const { authorized_scopes } = await readAccount(harness, accountId)
    return { authorized_scopes, asksToWrite: consent.includes('chat:write') }
  }
  expect(await connect('read_only')).toEqual({ authorized_scopes: READ_ONLY, asksToWrite: false })
  expect(await connect('nope')).toEqual({
    authorized_scopes: ['channels:read', 'chat:write', 'users:read'],
    asksToWrite: true,
  })
})

test('without allow_progressive_scopes every scope must be granted', async () => {
  const harness = await createHarness()
  const token = await harness.newConnectToken()
  expect(await grant(harness, { token, granted: ['channels:read'] })).toEqual({
    status: 'failed',
    error: expect.stringContaining('permissions'),
  })
  expect(await countAccounts(harness)).toBe(0)
})

test('with it some scopes suffice, and the account lists them', async () => {
  const harness = await createHarness()
  const token = await harness.newConnectToken({ allow_progressive_scopes: true })
  const { accountId } = await grant(harness, { token, granted: ['channels:read', 'made:up'] })
  expect((await readAccount(harness, accountId)).authorized_scopes).toEqual(['channels:read'])
})

test('but the scope of the test request is required', async () => {
  const harness = await createHarness()
  const token = await harness.newConnectToken({ allow_progressive_scopes: true })
  expect(await grant(harness, { token, granted: ['users:read'] })).toMatchObject({
    status: 'failed',
    error: expect.stringContaining('Test request failed'),
  })
})

test('credentials of an account that used the user’s own client contain that client', async () => {
  const harness = await createHarness()
  const { state } = await start(harness, await harness.newConnectToken(), {
    customClientId: 'their-client',
  })
  await harness.call(await decide(harness, { state, decision: 'allow' }))
  const { accountId } = await outcome(harness)
  expect(await readAccount(harness, accountId)).toMatchObject({
    credentials: { oauth_client_id: 'their-client' },
  })
})

test('the provider shows the product name of the token’s project', async () => {
  const harness = await createHarness()
  const { body: project } = await harness.asServer('/v1/connect/projects', {
    method: 'POST',
    json: { name: 'Second', app_name: 'Widgets' },
  })
  const { body } = await harness.asServer(`/v1/connect/${project.id}/tokens`, {
    method: 'POST',
    json: { external_user_id: 'ada' },
  })
  const { location } = await start(harness, body.token)
  const consent = (await harness.call(location)).body
  expect(consent).toContain('Widgets')
  expect(consent).not.toContain('Acme')
})
