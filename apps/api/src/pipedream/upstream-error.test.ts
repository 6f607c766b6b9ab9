import { expect, test } from 'vitest'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'

const APPS = `{ apps { __typename ... on UpstreamError { message retryable retryAfterMs } } }`

const json = (status: number, body: unknown, headers = {}) =>
  Response.json(body, { status, headers })

test.each([
  ['429', () => json(429, { error: 'Throttled' }, { 'retry-after': '7200' }), true],
  ['500', () => json(500, { error: 'Internal Server Error' }), true],
  ['a body that is not JSON', () => new Response('<html>oops</html>'), true],
  ['a body of another shape', () => json(200, { data: 1 }), true],
  ['a broken connection', () => Promise.reject(new TypeError('fetch failed')), true],
  ['403', () => json(403, { error: 'forbidden' }), false],
])('%s becomes a typed error', async (_what, respond, retryable) => {
  const { signIn, intercept } = await createTestGateway()
  const ada = await signIn('ada')
  intercept(({ url }) => (url.includes('/apps') ? respond() : undefined))
  const error = await ada.field(APPS)
  expect(error).toMatchObject({ __typename: 'UpstreamError', retryable })
  expect(error.message).toMatch(/^[A-Z].+\.$/)
})

test('Pipedream’s “retry-after” is passed on', async () => {
  const { signIn, intercept } = await createTestGateway()
  const ada = await signIn('ada')
  intercept(({ url }) =>
    url.includes('/apps')
      ? json(429, { error: 'Throttled' }, { 'retry-after': '7200' })
      : undefined,
  )
  expect(await ada.field(APPS)).toMatchObject({ retryAfterMs: 7_200_000 })
})

test('a response that never comes ends in a typed error', async () => {
  const { signIn, intercept } = await createTestGateway()
  const ada = await signIn('ada')
  intercept(({ url, signal }) =>
    url.includes('/apps')
      ? new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason)),
        )
      : undefined,
  )
  expect(await ada.field(APPS)).toMatchObject({ __typename: 'UpstreamError', retryable: true })
})

test('a wrong client secret gives an error with the settings to check, and without the secret', async () => {
  const { signIn, intercept, logged, complaints } = await createTestGateway()
  const ada = await signIn('ada')
  intercept(({ url }) =>
    url.endsWith('/v1/oauth/token') ? json(401, { error: 'invalid_client' }) : undefined,
  )
  const error = await ada.field(APPS)
  expect(complaints()).toHaveLength(1)
  expect(JSON.stringify(logged)).not.toContain('emulator-secret')
  expect(error).toMatchObject({ __typename: 'UpstreamError', retryable: false })
  expect(error.message).toContain('PIPEDREAM_CLIENT_SECRET')
  expect(error.message).not.toContain('emulator-secret')
})

test('an unknown project gives an error with the setting to check', async () => {
  const { signIn, intercept } = await createTestGateway()
  const ada = await signIn('ada')
  intercept(({ url }) =>
    url.endsWith('/tokens') ? json(404, { error: 'record not found' }) : undefined,
  )
  const error = await ada.field(
    'mutation { createConnectToken(input: { app: "slack" }) { __typename ... on Error { message } } }',
  )
  expect(error.__typename).toBe('UpstreamError')
  expect(error.message).toContain('PIPEDREAM_PROJECT_ID')
})

test('an account whose deletion fails at Pipedream stays', async () => {
  const { signIn, intercept } = await createTestGateway()
  const ada = await signIn('ada')
  const accountId = await ada.connectOpenai()
  intercept(({ method }) => (method === 'DELETE' ? json(503, { error: 'down' }) : undefined))
  expect(
    await ada.field(
      'mutation ($id: ID!) { disconnectAccount(input: { accountId: $id }) { __typename } }',
      { id: accountId },
    ),
  ).toMatchObject({ __typename: 'UpstreamError' })
  expect(await ada.accountIds()).toEqual([accountId])
})

test('a “retry-after” of a month fits into the schema', async () => {
  const { signIn, intercept, complaints } = await createTestGateway()
  const ada = await signIn('ada')
  intercept(({ url }) =>
    url.includes('/apps')
      ? json(429, { error: 'Throttled' }, { 'retry-after': '2592000' })
      : undefined,
  )
  expect(await ada.field(APPS)).toMatchObject({ retryAfterMs: 2 ** 31 - 1 })
  expect(complaints()).toHaveLength(1)
})

test.each([{ after: '' }, { after: ' ' }, { search: '\uD800' }])(
  'apps with %j is the caller’s error',
  async (mistake) => {
    const { signIn, complaints } = await createTestGateway()
    const ada = await signIn('ada')
    const document =
      'query ($after: String, $search: String) { apps(after: $after, search: $search) { __typename } }'
    expect(await ada.field(document, mistake)).toMatchObject({ __typename: 'InvalidInput' })
    expect(complaints()).toEqual([])
  },
)
