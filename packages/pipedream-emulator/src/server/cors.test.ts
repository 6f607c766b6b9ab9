import { expect, test } from 'vitest'
import { createHarness } from '../../test/harness.ts'

const OURS = 'https://app.example'
const allowed = (response: { headers: Headers }) =>
  response.headers.get('access-control-allow-origin')

test('a preflight is always allowed, because it carries no token', async () => {
  const { call } = await createHarness()
  const response = await call('/v1/connect/accounts', {
    method: 'OPTIONS',
    headers: {
      origin: OURS,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization,x-fern-language',
    },
  })
  expect(response.status).toBe(204)
  expect(allowed(response)).toBe(OURS)
  expect(response.headers.get('access-control-allow-headers')).toBe('authorization,x-fern-language')
  expect(response.headers.get('access-control-allow-methods')).toContain('DELETE')
  expect(response.headers.get('vary')).toContain('Origin')
})

test('a page of an allowed origin may read responses, including errors', async () => {
  const { call, newConnectToken, emulator } = await createHarness()
  const bearer = await newConnectToken({ allowed_origins: [OURS] })
  const headers = { origin: OURS }
  const read = await call('/v1/connect/accounts', { bearer, headers })
  expect([read.status, allowed(read)]).toEqual([200, OURS])
  const missing = await call('/v1/connect/accounts/apn_none', { bearer, headers })
  expect([missing.status, allowed(missing)]).toEqual([404, OURS])
  emulator.clock.advance(5 * 3_600_000)
  const late = await call('/v1/connect/accounts', { bearer, headers })
  expect([late.status, allowed(late)]).toEqual([401, OURS])
})

test.each(['https://evil.example', 'https://app.example.evil.example', 'null'])(
  'a page of %s may not',
  async (origin) => {
    const { call, newConnectToken } = await createHarness()
    const bearer = await newConnectToken({ allowed_origins: [OURS] })
    const response = await call('/v1/connect/accounts', { bearer, headers: { origin } })
    expect([response.status, allowed(response)]).toEqual([403, null])
  },
)

test('pages can never read responses for access tokens or of the validation', async () => {
  const { call, asServer, newConnectToken } = await createHarness()
  const token = await newConnectToken({ allowed_origins: [OURS] })
  const headers = { origin: OURS }
  expect(allowed(await asServer('/v1/connect/apps', { headers }))).toBeNull()
  const path = `/v1/connect/tokens/${token}/validate?app_id=slack`
  expect(allowed(await call(path, { bearer: token, headers }))).toBeNull()
})
