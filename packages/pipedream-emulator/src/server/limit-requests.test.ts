import { expect, test } from 'vitest'
import { createHarness, type Harness, newAccessToken } from '../../test/harness.ts'

const PROJECT = '/v1/connect/proj_emulator'
/** One second before a window of five minutes ends. */
const NOW = new Date('2026-01-01T00:04:59.000Z')

const newToken = ({ asServer }: Harness, external_user_id: string) =>
  asServer(`${PROJECT}/tokens`, { method: 'POST', json: { external_user_id } })

async function repeat(times: number, call: () => Promise<{ status: number }>): Promise<number[]> {
  const statuses = new Set<number>()
  for (let done = 0; done < times; done += 1) statuses.add((await call()).status)
  return [...statuses]
}

test('a user gets a hundred connect tokens a minute, then 429 with four headers', async () => {
  const harness = await createHarness({ now: () => NOW })
  expect(await repeat(100, () => newToken(harness, 'ada'))).toEqual([200])
  const { status, body, headers } = await newToken(harness, 'ada')
  expect({ status, body }).toEqual({ status: 429, body: { error: 'Throttled' } })
  expect(Object.fromEntries(headers)).toMatchObject({
    'retry-after': '1',
    'x-ratelimit-limit': '100',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Date.parse('2026-01-01T00:05:00.000Z') / 1000),
  })
  expect(await newToken(harness, 'grace')).toMatchObject({ status: 200 })
  harness.emulator.clock.advance(1000)
  expect(await newToken(harness, 'ada')).toMatchObject({ status: 200 })
})

test('rejected requests do not count', async () => {
  const harness = await createHarness({ now: () => NOW })
  const json = { external_user_id: 'ada', expires_in: -1 }
  const refused = () => harness.asServer(`${PROJECT}/tokens`, { method: 'POST', json })
  expect(await repeat(101, refused)).toEqual([400])
  expect(await newToken(harness, 'ada')).toMatchObject({ status: 200 })
})

test('a reset clears the counters', async () => {
  const harness = await createHarness({ now: () => NOW })
  await repeat(101, () => newToken(harness, 'ada'))
  harness.emulator.reset()
  const bearer = await newAccessToken(harness.call)
  const json = { external_user_id: 'ada' }
  const made = await harness.asServer(`${PROJECT}/tokens`, { method: 'POST', bearer, json })
  expect(made).toMatchObject({ status: 200 })
})

test.each([
  ['GET', '/accounts', 2000],
  ['GET', '/components', 3000],
  ['POST', '/actions/run', 2000],
  ['GET', '/proxy/aHR0cHM6Ly9leGFtcGxlLmNvbQ', 1000],
])('%s %s has its own limit for the project, of %i', async (method, path, limit) => {
  const { asServer, call, newConnectToken } = await createHarness({ now: () => NOW })
  const bearer = await newConnectToken()
  const asUser = () => call(`/v1/connect${path}`, { method, bearer })
  const inProject = () => asServer(PROJECT + path, { method })
  expect(await repeat(limit - 1, inProject)).not.toContain(429)
  expect((await asUser()).status).not.toBe(429)
  expect(await asUser()).toMatchObject({ status: 429 })
  expect(await inProject()).toMatchObject({ status: 429 })
  expect(await asServer('/v1/connect/apps')).toMatchObject({ status: 200 })
})

test('the documented limits can be disabled', async () => {
  const harness = await createHarness({ now: () => NOW, rateLimits: false })
  expect(await repeat(101, () => newToken(harness, 'ada'))).toEqual([200])
})

test('a custom limit applies to the requests that name it, whether or not the documented ones do', async () => {
  const { asServer, emulator } = await createHarness({ now: () => NOW, rateLimits: false })
  const json = { window_size_seconds: 10, requests_per_window: 2 }
  const made = await asServer('/v1/connect/rate_limits', { method: 'POST', json })
  expect(made).toMatchObject({ status: 200, body: { token: expect.any(String) } })
  const headers = { 'x-pd-rate-limit': made.body.token }
  const list = () => asServer('/v1/connect/apps', { headers })
  expect(await repeat(2, list)).toEqual([200])
  const refused = await list()
  expect(refused.status).toBe(429)
  expect(refused.headers.get('x-ratelimit-limit')).toBe('2')
  expect(await asServer('/v1/connect/apps')).toMatchObject({ status: 200 })
  emulator.clock.advance(Number(refused.headers.get('retry-after')) * 1000)
  expect(await list()).toMatchObject({ status: 200 })
})

test.each([
  {},
  { window_size_seconds: 10 },
  { window_size_seconds: 0, requests_per_window: 1 },
  { window_size_seconds: '10', requests_per_window: 1 },
  { window_size_seconds: 10, requests_per_window: 1.5 },
])('the limit %j is rejected', async (json) => {
  const { asServer } = await createHarness()
  const made = await asServer('/v1/connect/rate_limits', { method: 'POST', json })
  expect(made).toMatchObject({ status: 400 })
})

test('an unknown limit is rejected', async () => {
  const { asServer } = await createHarness()
  const headers = { 'x-pd-rate-limit': 'made-up' }
  expect(await asServer('/v1/connect/apps', { headers })).toMatchObject({ status: 400 })
})
