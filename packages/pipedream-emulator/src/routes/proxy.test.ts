import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { connectKey, createHarness, type Harness } from '../../test/harness.ts'

const encode = (target: string) => Buffer.from(target).toString('base64url')

interface Proxied {
  target: string
  accountId: string
  externalUserId?: string
  project?: string
}

function proxyPath({
  target,
  accountId,
  externalUserId = 'ada',
  project = 'proj_emulator/',
}: Proxied) {
  const query = new URLSearchParams({ external_user_id: externalUserId, account_id: accountId })
  return `/v1/connect/${project}proxy/${encode(target)}?${query}`
}

async function createSlack(options = {}) {
  const harness = await createHarness(options)
  const { accountIds } = harness.emulator.seed({
    accounts: [
      { externalUserId: 'ada', app: 'slack' },
      { externalUserId: 'grace', app: 'slack' },
      { externalUserId: 'ada', app: 'slack', environment: 'production' },
    ],
  })
  const [accountId = '', graces = '', productions = ''] = accountIds
  return { ...harness, accountId, graces, productions }
}

async function send({ emulator }: Harness, path: string, init: RequestInit): Promise<Response> {
  return await emulator.fetch(new Request(`http://localhost:4010${path}`, init))
}

test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])(
  '%s reaches the provider with its method, headers and body, and the account’s credentials',
  async (method) => {
    const harness = await createSlack()
    const { accountId } = harness
    const response = await harness.asServer(
      proxyPath({ target: 'https://slack.com/echo?x=1', accountId }),
      {
        method,
        headers: {
          'x-pd-proxy-x-custom': 'v',
          'x-pd-proxy-authorization': 'Bearer mine',
          'x-other': 'no',
        },
        ...(method === 'GET' ? {} : { json: { hello: 'wörld' } }),
      },
    )
    expect(response).toMatchObject({
      status: 200,
      body: {
        method,
        url: 'https://slack.com/echo?x=1',
        headers: {
          'x-custom': 'v',
          authorization: `Bearer emulator-access-token-${accountId}`,
          ...(method !== 'GET' && { 'content-type': 'application/json' }),
        },
        body: method === 'GET' ? '' : '{"hello":"wörld"}',
      },
    })
    expect(response.body.headers).not.toHaveProperty('x-other')
  },
)

test('bytes are passed on unchanged', async () => {
  const harness = await createSlack()
  const connectToken = await harness.newConnectToken()
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
  const response = await send(
    harness,
    proxyPath({ target: '/echo', accountId: harness.accountId, project: '/' }),
    {
      method: 'POST',
      headers: { authorization: `Bearer ${connectToken}`, 'content-type': 'image/png' },
      body: bytes,
    },
  )
  const { body, encoding, headers } = await response.json()
  expect(encoding).toBe('base64')
  expect(headers['content-type']).toBe('image/png')
  expect(new Uint8Array(Buffer.from(body, 'base64'))).toEqual(bytes)
})

test('either alphabet, with or without padding, and a relative target', async () => {
  const { asServer, accountId } = await createSlack()
  const url = 'https://slack.com/echo?q=>>>???ÿ'
  const encodings = [
    Buffer.from(url).toString('base64url'),
    encodeURIComponent(Buffer.from(url).toString('base64')),
    Buffer.from('/echo?q=>>>???ÿ').toString('base64url'),
  ]
  const query = `external_user_id=ada&account_id=${accountId}`
  for (const encoded of encodings) {
    const { body } = await asServer(`/v1/connect/proj_emulator/proxy/${encoded}?${query}`)
    expect(body.url).toBe(new URL(url).href)
  }
})

test.each(['', '/', 'proj_emulator/'])(
  'a browser reaches it at /v1/connect/%sproxy',
  async (project) => {
    const { call, newConnectToken, accountId } = await createSlack()
    const bearer = await newConnectToken()
    const response = await call(proxyPath({ target: '/echo', accountId, project }), { bearer })
    expect(response).toMatchObject({ status: 200, body: { url: 'https://slack.com/echo' } })
  },
)

test.each([
  'https://evil.example/echo',
  'https://slack.com.evil.example/echo',
  'https://evilslack.com/echo',
  'https://slack.com:8443/echo',
  'https://user:password@slack.com/echo',
  '//evil.example/echo',
  String.raw`\\evil.example/echo`,
  'file:///etc/passwd',
  'javascript:alert(1)',
])('%s is not a target of this app', async (target) => {
  const { asServer, accountId } = await createSlack()
  expect(await asServer(proxyPath({ target, accountId }))).toMatchObject({ status: 400 })
})

test('every string is a target or is rejected', async () => {
  const { asServer, accountId } = await createSlack({ rateLimits: false })
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.webPath(), fc.webUrl()), async (target) => {
      const response = await asServer(proxyPath({ target, accountId }))
      expect([200, 400, 404]).toContain(response.status)
    }),
  )
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1 }), async (text) => {
      const encoded = encodeURIComponent(text.toWellFormed())
      const path = `/v1/connect/proj_emulator/proxy/${encoded}?external_user_id=ada&account_id=${accountId}`
      expect([200, 400, 404]).toContain((await asServer(path)).status)
    }),
  )
})

test.each(['cookie', 'host', 'origin', 'proxy-authorization', 'sec-fetch-site', 'via'])(
  'the header %s cannot be sent',
  async (name) => {
    const { asServer, accountId } = await createSlack()
    const headers = { [`x-pd-proxy-${name}`]: 'x' }
    const response = await asServer(proxyPath({ target: '/echo', accountId }), { headers })
    expect(response.status).toBe(400)
    expect(response.body.error).toContain(name)
  },
)

test('an account of another user or environment cannot be used', async () => {
  const { asServer, call, newConnectToken, accountId, graces, productions } = await createSlack()
  const status = async (path: string, bearer?: string) =>
    (await (bearer === undefined ? asServer(path) : call(path, { bearer }))).status
  expect(await status(proxyPath({ target: '/echo', accountId: graces }))).toBe(404)
  expect(await status(proxyPath({ target: '/echo', accountId: productions }))).toBe(404)
  expect(await status(proxyPath({ target: '/echo', accountId: 'apn_none' }))).toBe(404)
  const adas = await newConnectToken()
  const forGrace = { target: '/echo', accountId: graces, externalUserId: 'grace', project: '' }
  expect(await status(proxyPath(forGrace), adas)).toBe(403)
  expect(await status(proxyPath({ target: '/echo', accountId: graces, project: '' }), adas)).toBe(
    404,
  )
  expect(await status(proxyPath({ target: '/echo', accountId }), 'made-up')).toBe(401)
  for (const missing of ['external_user_id', 'account_id']) {
    const path = proxyPath({ target: '/echo', accountId }).replace(`${missing}=`, 'other=')
    expect(await status(path)).toBe(400)
  }
})

test('the provider’s own status, type and body are returned', async () => {
  const { asServer, accountId } = await createSlack()
  const target = '/echo?status=503&content-type=text%2Fplain&body=Down'
  const response = await asServer(proxyPath({ target, accountId }))
  expect(response).toMatchObject({ status: 503, body: 'Down' })
  expect(response.headers.get('content-type')).toBe('text/plain')
  expect(await asServer(proxyPath({ target: '/echo?status=204', accountId }))).toMatchObject({
    status: 204,
    body: '',
  })
  expect(await asServer(proxyPath({ target: '/other', accountId }))).toMatchObject({
    status: 404,
    body: { ok: false },
  })
})

test('a provider that does not respond within 30 seconds results in 504', async () => {
  const waited: number[] = []
  const sleep = (milliseconds: number) => Promise.resolve(void waited.push(milliseconds))
  const { asServer, accountId } = await createSlack({ sleep })
  expect(await asServer(proxyPath({ target: '/echo?delay=29999', accountId }))).toMatchObject({
    status: 200,
  })
  expect(await asServer(proxyPath({ target: '/echo?delay=30000', accountId }))).toMatchObject({
    status: 504,
  })
  expect(waited).toEqual([29_999, 30_000])
})

test('a key app is called with a placeholder, never with the user’s key', async () => {
  const harness = await createHarness()
  const accountId = await connectKey(harness)
  const { body } = await harness.asServer(proxyPath({ target: '/echo', accountId }))
  expect(body.url).toBe('https://api.openai.com/echo')
  expect(body.headers.authorization).toBe(`Bearer emulator-key-${accountId}`)
})

test('a per-account base URL accepts relative targets, and nothing that ends the host', async () => {
  const { asServer, emulator } = await createHarness()
  const seedZendesk = (subdomain: string) =>
    emulator.seed({
      accounts: [{ externalUserId: 'ada', app: 'zendesk', credentials: { subdomain } }],
    }).accountIds[0] ?? ''
  const accountId = seedZendesk('acme')
  expect(await asServer(proxyPath({ target: '/echo', accountId }))).toMatchObject({
    body: { url: 'https://acme.zendesk.com/echo' },
  })
  const absolute = { target: 'https://acme.zendesk.com/echo', accountId }
  expect(await asServer(proxyPath(absolute))).toMatchObject({ status: 400 })
  const nasty = seedZendesk('evil.example/#')
  expect(await asServer(proxyPath({ target: '/echo', accountId: nasty }))).toMatchObject({
    status: 400,
  })
})

test('an app without an API has no proxy; the provider rejects a dead account', async () => {
  const { asServer, emulator } = await createHarness()
  const { accountIds } = emulator.seed({
    accounts: [
      { externalUserId: 'ada', app: 'google_sheets', dead: true },
      { externalUserId: 'ada', app: 'slack', dead: true },
      { externalUserId: 'ada', app: 'notion', dead: true },
    ],
  })
  const [sheets = '', slack = '', notion = ''] = accountIds
  expect(
    await asServer(proxyPath({ target: '/v4/spreadsheets/x', accountId: sheets })),
  ).toMatchObject({
    status: 401,
    body: { error: { status: 'UNAUTHENTICATED' } },
  })
  expect(await asServer(proxyPath({ target: '/api/auth.test', accountId: slack }))).toMatchObject({
    status: 200,
    body: { ok: false, error: 'token_revoked' },
  })
  expect(await asServer(proxyPath({ target: '/echo', accountId: notion }))).toMatchObject({
    status: 401,
  })
})

test('a call costs a credit', async () => {
  const { asServer, accountId } = await createSlack({ now: () => new Date('2026-01-01T00:00:30Z') })
  await asServer(proxyPath({ target: '/echo', accountId }))
  const usage = await asServer('/v1/connect/usage?start_ts=1767225600&end_ts=1767225660')
  expect(usage.body.data).toMatchObject([{ proxy_credits_used: 1 }])
})
