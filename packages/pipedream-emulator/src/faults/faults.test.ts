import { anything, assert, asyncProperty, sample, webPath } from 'fast-check'
import { expect, test } from 'vitest'
import { createHarness } from '../../test/harness.ts'
import { createEmulator, type Fault } from '../index.ts'

const get = (path: string, init: RequestInit = {}) =>
  new Request(`http://localhost:4010${path}`, init)

test.each([
  ['/v1/connect/*/accounts', '/v1/connect/proj_x/accounts', true],
  ['/v1/connect/*/accounts', '/v1/connect/proj_x/users/ada/accounts', false],
  ['/v1/connect/*/accounts', '/v1/connect/accounts', false],
  ['/v1/connect/*', '/v1/connect/proj_x/users/ada/accounts', true],
  ['/v1/connect/apps', '/v1/connect/apps', true],
  ['/v1/connect/apps', '/v1/connect/apps/slack', false],
  ['/v1/connect/app.', '/v1/connect/apps', false],
  ['/v1/c*t/apps', '/v1/connect/apps', true],
  ['*', '/_static/connect.html', true],
  ['/v1/a.*.c/d', '/v1/a.b.c/d', true],
  ['/v1/a.*.c/d', '/v1/axb.c/d', false],
  ['/v1/a%2Fb', '/v1/a%2Fb', true],
])('the path %s and a request for %s: %s', async (pattern, path, applies) => {
  const { faults, fetch } = createEmulator()
  faults.add({ path: pattern, status: 418 })
  expect((await fetch(get(path))).status === 418).toBe(applies)
})

test('any string can be a path, and matches itself', async () => {
  const { faults, fetch } = createEmulator()
  await assert(
    asyncProperty(webPath(), async (path) => {
      faults.clear()
      const { pathname } = new URL(`http://localhost${path || '/'}`)
      faults.add({ path: pathname.replaceAll('*', '_'), status: 418 })
      expect(await fetch(get(pathname.replaceAll('*', '_')))).toMatchObject({ status: 418 })
    }),
    { numRuns: 50 },
  )
})

test('every value is accepted or rejected with a TypeError', () => {
  const { faults } = createEmulator()
  const outcomes = sample(anything(), 500).map((value) =>
    outcomeOf(() => faults.add(value as Fault)),
  )
  expect(
    outcomes.filter((outcome) => outcome !== 'taken' && !(outcome instanceof TypeError)),
  ).toEqual([])
})

function outcomeOf(add: () => string): unknown {
  try {
    return add().startsWith('fault_') ? 'taken' : 'no id'
  } catch (error) {
    return error
  }
}

test('the earlier fault applies first, and the method must match', async () => {
  const { faults, fetch } = createEmulator()
  faults.add({ method: 'delete', status: 500 })
  faults.add({ status: 501, times: 1 })
  faults.add({ status: 502 })
  const path = '/v1/connect/apps'
  expect(await fetch(get(path))).toMatchObject({ status: 501 })
  expect(await fetch(get(path))).toMatchObject({ status: 502 })
  expect(await fetch(get(path, { method: 'DELETE' }))).toMatchObject({ status: 500 })
})

test('a preflight is spared unless OPTIONS is given', async () => {
  const { faults, fetch } = createEmulator()
  const preflight = () => fetch(get('/v1/connect/apps', { method: 'OPTIONS' }))
  faults.add({ status: 503 })
  expect(await preflight()).toMatchObject({ status: 204 })
})

test('a page may read a failure of its connect token’s request', async () => {
  const { call, emulator, newConnectToken } = await createHarness()
  const origin = 'https://app.example'
  const bearer = await newConnectToken({ allowed_origins: [origin] })
  emulator.faults.add({ status: 503 })
  const { status, headers } = await call('/v1/connect/apps', { bearer, headers: { origin } })
  expect([status, headers.get('access-control-allow-origin')]).toEqual([503, origin])
})

test('without carriedOut the request never reaches its route', async () => {
  const { call, emulator, newConnectToken, asServer } = await createHarness()
  const token = await newConnectToken()
  emulator.faults.add({ method: 'POST', status: 503, times: 1 })
  const json = { app_slug: 'openai', cfmap_json: '{"api_key":"sk"}', connect_token: token }
  await call('/v1/connect/accounts', { method: 'POST', bearer: token, json })
  expect((await asServer('/v1/connect/proj_emulator/accounts')).body.data).toEqual([])
})

test('a client that disconnects during the delay gets its abort error', async () => {
  const gaveUp = new AbortController()
  const { faults, fetch, requests } = createEmulator({
    sleep: async (_, signal) => {
      gaveUp.abort()
      expect(signal?.aborted).toBe(true)
    },
  })
  faults.add({ kind: 'latency', delayMs: 60_000 })
  const response = fetch(get('/v1/connect/apps', { signal: gaveUp.signal }))
  await expect(response).rejects.toMatchObject({ name: 'AbortError' })
  expect(requests).toMatchObject([{ status: null }])
})

test('by default it waits by the machine’s clock, and no longer than the client', async () => {
  const { faults, fetch } = createEmulator()
  faults.add({ kind: 'latency', delayMs: 1, times: 1 })
  expect(await fetch(get('/v1/connect/apps'))).toMatchObject({ status: 401 })
  faults.add({ kind: 'latency', delayMs: 2 ** 31 - 1 })
  const signal = AbortSignal.timeout(1)
  await expect(fetch(get('/v1/connect/apps', { signal }))).rejects.toMatchObject({
    name: 'TimeoutError',
  })
})

async function drawHits(faultSeed: number, share: number): Promise<boolean[]> {
  const { faults, fetch } = createEmulator({ faultSeed })
  faults.add({ status: 418, share })
  const responses: boolean[] = []
  for (let turn = 0; turn < 50; turn += 1) {
    responses.push((await fetch(get('/v1/connect/apps'))).status === 418)
  }
  return responses
}

test('a share of 0 never applies, and another seed selects other calls', async () => {
  expect(await drawHits(1, 0)).not.toContain(true)
  expect(await drawHits(1, 1)).not.toContain(false)
  expect(await drawHits(1, 0.5)).not.toEqual(await drawHits(2, 0.5))
})

test('changing a listed fault has no effect', () => {
  const { faults } = createEmulator()
  faults.add({ status: 503 })
  const [first] = faults.list()
  Object.assign(first ?? {}, { status: 200, hits: 9 })
  expect(faults.list()).toMatchObject([{ status: 503, hits: 0 }])
})

test('the request log keeps the last thousand', async () => {
  const { fetch, requests } = createEmulator()
  for (let turn = 0; turn < 1001; turn += 1) await fetch(get(`/v1/connect/apps?turn=${turn}`))
  expect(requests).toHaveLength(1000)
  expect(requests[0]?.path).toContain('turn=1')
})

test('the request log contains no user input and no secrets', async () => {
  const { fetch, requests } = createEmulator()
  const attempt = '0123456789abcdef0123456789abcdef'
  const fields = encodeURIComponent('{"subdomain":"typed"}')
  await fetch(
    get(`/_static/oauth/start?app=zendesk&token=guess&attempt=${attempt}&fields=${fields}`),
  )
  await fetch(get(`/_static/oauth/attempts/${attempt}`))
  await fetch(get('/_static/oauth/callback?state=guess&code=guess'))
  const log = JSON.stringify(requests)
  expect(log).toContain('app=zendesk')
  for (const secret of [attempt, 'typed', 'guess']) expect(log).not.toContain(secret)
})
