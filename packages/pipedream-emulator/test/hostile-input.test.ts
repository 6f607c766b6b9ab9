import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createHarness } from './harness.ts'

const segment = fc.oneof(
  fc.constantFrom(
    'v1',
    'connect',
    'proj_emulator',
    'accounts',
    'apps',
    'tokens',
    'validate',
    'oauth',
    'token',
    'users',
    'oauth_apps',
    'app_overrides',
    'webhook',
    'projects',
    'info',
    'logo',
    'usage',
    'rate_limits',
    'components',
    'actions',
    'triggers',
    'configure',
    'props',
    'run',
    'deploy',
    'deployed-triggers',
    'events',
    'webhooks',
    'proxy',
    'file_stash',
    'download',
    'slack-send-message',
    '_static',
    '_provider',
    'slack',
    'authorize',
    'start',
    'callback',
    'attempts',
    'connect.html',
    'logos',
    '%',
    '%00',
    '%ff',
    '..',
    '__proto__',
    'constructor',
    '',
  ),
  fc.string().map((text) => encodeURIComponent(text.toWellFormed())),
)
const value = fc.oneof(fc.string(), fc.constantFrom('openai', 'slack', '__proto__', '[]', '{}'))
const query = fc.dictionary(
  fc
    .constantFrom(
      'token app accountId app_id account_id after before limit q sort_key category_ids state code attempt fields oauth_app_id app_override_id start_ts end_ts external_user_id s3_key version registry'.split(
        ' ',
      ),
    )
    .chain((names) => fc.constantFrom(...names)),
  value,
)
const body = fc.oneof(
  fc.constant(''),
  fc.string(),
  fc.json(),
  fc
    .dictionary(
      fc.constantFrom(
        'grant_type',
        'client_id',
        'external_user_id',
        'expires_in',
        'allowed_origins',
        'webhook_uri',
        'success_redirect_uri',
        'app_slug',
        'cfmap_json',
        'connect_token',
        'account_id',
        'app_override_id',
        'app',
        'name',
        'client_secret',
        'scopes',
        'cfmap',
        'oauth_app_id',
        'url',
        'logo',
        'window_size_seconds',
        'requests_per_window',
        'id',
        'configured_props',
        'prop_name',
        'stash_id',
        'dynamic_props_id',
        'webhook_url',
        'webhook_urls',
        'workflow_ids',
        '__proto__',
      ),
      fc.oneof(value, fc.jsonValue()),
    )
    .map((object) => JSON.stringify(object)),
)

/** A partly valid body, which gets further. */
const knownBody = fc
  .record(
    {
      app: fc.oneof(value, fc.constant('twilio')),
      name: value,
      client_id: value,
      client_secret: value,
      external_user_id: value,
      cfmap: fc.dictionary(fc.constantFrom('accountSid', 'authToken', 'toString'), value),
      scopes: fc.array(fc.oneof(fc.string(), fc.jsonValue())),
      url: fc.oneof(value, fc.webUrl()),
      logo: fc.base64String().map((data) => `data:image/png;base64,${data}`),
      window_size_seconds: fc.oneof(fc.integer(), fc.double()),
      requests_per_window: fc.oneof(fc.integer(), fc.double()),
    },
    { requiredKeys: [] },
  )
  .map((object) => JSON.stringify(object))

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

test('no request causes a server error', async () => {
  const { emulator, asServer, newConnectToken } = await createHarness()
  expect(await asServer('/v1/connect/apps')).toMatchObject({ status: 200 })
  const connectToken = await newConnectToken()
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'),
    segments: fc.array(segment, { maxLength: 7 }),
    query,
    body,
    bearer: fc.constantFrom('', 'Bearer', 'Bearer made-up', 'Basic eDp5', `Bearer ${connectToken}`),
    environment: fc.constantFrom('', 'development', 'staging'),
  })
  await fc.assert(
    fc.asyncProperty(request, async ({ method, segments, query, body, bearer, environment }) => {
      const search = new URLSearchParams(
        Object.entries(query).map(([name, text]): [string, string] => [name, text.toWellFormed()]),
      )
      const headers = new Headers({ 'content-type': 'application/json' })
      if (bearer !== '') headers.set('authorization', bearer)
      if (environment !== '') headers.set('x-pd-environment', environment)
      const url = `http://localhost:4010/${segments.join('/')}?${search}`
      const hasBody = method !== 'GET' && method !== 'HEAD'
      const response = await emulator.fetch(
        new Request(url, { method, headers, body: hasBody ? body : null }),
      )
      expect(response.status, `${method} ${url}`).toBeLessThan(500)
    }),
    { numRuns: 1500 },
  )
})

test.each([
  ['POST', '/proj_emulator/tokens'],
  ['POST', '/proj_emulator/oauth_apps'],
  ['POST', '/proj_emulator/app_overrides'],
  ['PUT', '/proj_emulator/webhook'],
  ['POST', '/projects'],
  ['PATCH', '/projects/proj_emulator'],
  ['POST', '/projects/proj_emulator/logo'],
  ['POST', '/rate_limits'],
])(
  '%s %s accepts any body from a server, or explains what is wrong with it',
  async (method, path) => {
    const { asServer } = await createHarness({ rateLimits: false })
    await fc.assert(
      fc.asyncProperty(fc.oneof(body, knownBody), async (text) => {
        const response = await asServer(`/v1/connect${path}`, { method, json: parse(text) })
        const said = response.status === 400 ? typeof response.body.error : 'nothing'
        expect(['200 nothing', '201 nothing', '400 string']).toContain(`${response.status} ${said}`)
      }),
      { numRuns: 300 },
    )
  },
)

test('user input never becomes markup', async () => {
  const nasty = `"><script>alert(1)</script>'<img src=x onerror=alert(1)>`
  const { call, emulator, newConnectToken } = await createHarness()
  const { accountIds } = emulator.seed({
    project: { appName: nasty },
    accounts: [{ externalUserId: 'ada', app: 'slack', name: nasty }],
  })
  const token = await newConnectToken({ error_redirect_uri: `https://app.example/${nasty}` })
  const query = new URLSearchParams({ token, app: 'slack', accountId: accountIds[0] ?? '' })
  const { body } = await call(`/_static/connect.html?${query}`)
  expect(body).toContain('&lt;script&gt;')
  expect(body).not.toContain('<script>')
  expect(body).not.toContain('<img src=x')
})
