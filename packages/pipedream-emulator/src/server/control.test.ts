import { request } from 'node:http'
import { networkInterfaces } from 'node:os'
import { expect, onTestFinished, test } from 'vitest'
import { type ResponseBody, withChanges } from '../../test/response-body.ts'
import { type ListenOptions, type ListeningEmulator, listen } from './listen.ts'

interface Remote extends ListeningEmulator {
  /** Calls a control route. */
  order: (
    method: string,
    path: string,
    json?: unknown,
  ) => Promise<{ status: number; body: ResponseBody }>
}

async function start(options: ListenOptions = {}): Promise<Remote> {
  const listening = await listen({
    port: 0,
    fetch: async () => ({ status: 200 }),
    seed: { accounts: [{ externalUserId: 'ada', app: 'slack', id: 'apn_Ada0001' }] },
    ...options,
  })
  onTestFinished(listening.close)
  return {
    ...listening,
    async order(method, path, json) {
      const body = json === undefined ? null : JSON.stringify(json)
      const response = await fetch(`${listening.url}/__emulator${path}`, { method, body })
      const text = await response.text()
      return { status: response.status, body: text === '' ? null : JSON.parse(text) }
    },
  }
}

const ask = (remote: Remote) => fetch(`${remote.url}/v1/connect/apps`)

test('a fault can be added, listed, and removed, alone or with all others', async () => {
  const remote = await start()
  const { order } = remote
  const added = await order('POST', '/faults', { status: 503, times: 2 })
  expect(added).toMatchObject({ status: 201, body: { id: expect.any(String), kind: 'status' } })
  expect(await ask(remote)).toMatchObject({ status: 503 })
  const listed = await order('GET', '/faults')
  expect(listed.body.data).toEqual([withChanges(added.body, { hits: 1 })])
  expect(await order('DELETE', `/faults/${added.body.id}`)).toMatchObject({ status: 204 })
  expect(await order('DELETE', `/faults/${added.body.id}`)).toMatchObject({ status: 404 })
  expect(await ask(remote)).toMatchObject({ status: 401 })
  await order('POST', '/faults', { status: 503 })
  expect(await order('DELETE', '/faults')).toMatchObject({ status: 204 })
  expect(await ask(remote)).toMatchObject({ status: 401 })
})

test.each([
  [{}],
  [[]],
  [{ status: 99 }],
  [{ status: 503, times: 0 }],
  [{ status: 503, share: 2 }],
  [{ status: 503, tiems: 1 }],
  [{ kind: 'earthquake' }],
  [{ status: 503, path: 'v1' }],
  [{ status: 503, headers: { 'no spaces': 'x' } }],
  [{ kind: 'latency', delayMs: -1 }],
  [{ kind: 'latency', delayMs: '300' }],
])('the fault %j is rejected with an explanation', async (fault) => {
  const { order } = await start()
  expect(await order('POST', '/faults', fault)).toMatchObject({
    status: 400,
    body: { error: expect.stringMatching(/\.$/) },
  })
  expect((await order('GET', '/faults')).body.data).toEqual([])
})

test('accounts, access tokens, clock and seed can be changed', async () => {
  const { order, emulator, url } = await start({ now: () => new Date('2026-01-01T00:00:00Z') })
  const ill = { healthy: false, error: 'Gone.' }
  expect(await order('PATCH', '/accounts/apn_Ada0001', ill)).toMatchObject({ status: 204 })
  expect(emulator.state.save()).toContain('Gone.')
  expect(await order('PATCH', '/accounts/apn_Unknown', ill)).toMatchObject({ status: 400 })
  expect(await order('PATCH', '/accounts/apn_Ada0001', { dead: 'yes' })).toMatchObject({
    status: 400,
  })
  expect(await order('POST', '/clock', { advanceMs: 1000 })).toMatchObject({
    body: { now: '2026-01-01T00:00:01.000Z' },
  })
  expect(await order('POST', '/clock', { advanceMs: 'soon' })).toMatchObject({ status: 400 })
  const accounts = [{ externalUserId: 'grace', app: 'github' }]
  const seeded = await order('POST', '/seed', { accounts })
  expect(seeded.body.account_ids).toEqual([expect.stringMatching(/^apn_/)])
  for (const wrong of [{ accounts: [{ app: 'github' }] }, { accounts: {} }, { acounts: [] }]) {
    expect(await order('POST', '/seed', wrong)).toMatchObject({ status: 400 })
  }
  const bearer = await newAccessToken(url, emulator.credentials)
  const headers = { authorization: `Bearer ${bearer}` }
  expect(await fetch(`${url}/v1/connect/apps`, { headers })).toMatchObject({ status: 200 })
  expect(await order('DELETE', '/access-tokens')).toMatchObject({ status: 204 })
  expect(await fetch(`${url}/v1/connect/apps`, { headers })).toMatchObject({ status: 401 })
  expect(await order('POST', '/reset')).toMatchObject({ status: 204 })
  expect(emulator.state.save()).not.toContain('Gone.')
  expect(emulator.state.save()).not.toContain('grace')
})

async function newAccessToken(
  url: string,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
): Promise<string> {
  const grant = { grant_type: 'client_credentials', client_id: clientId }
  const response = await fetch(`${url}/v1/oauth/token`, {
    method: 'POST',
    body: JSON.stringify({ ...grant, client_secret: clientSecret }),
  })
  return (await response.json()).access_token
}

test('the logs can be read, without secrets', async () => {
  const { order, emulator, url } = await start()
  const bearer = await newAccessToken(url, emulator.credentials)
  const response = await fetch(`${url}/v1/connect/proj_emulator/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'x-pd-environment': 'development' },
    body: JSON.stringify({ external_user_id: 'ada', webhook_uri: 'https://app.example/hook' }),
  })
  const { token } = await response.json()
  await fetch(`${url}/v1/connect/tokens/${token}/validate?app_id=slack`)
  await fetch(`${url}/_static/connect.html?app=slack&token=${token}`)
  const connect = (key: string) =>
    fetch(`${url}/v1/connect/accounts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({
        app_slug: 'openai',
        connect_token: token,
        cfmap_json: JSON.stringify({ api_key: key }),
      }),
    })
  await connect('invalid')
  const { body } = await order('GET', '/requests')
  expect(body.data).toMatchObject([
    { method: 'POST', path: '/v1/oauth/token', status: 200, at: expect.any(String) },
    { method: 'POST', path: '/v1/connect/proj_emulator/tokens', status: 200 },
    { method: 'GET', path: '/v1/connect/tokens/ctok_***/validate?app_id=slack', status: 200 },
    { method: 'GET', path: expect.stringMatching(/^\/_static\/connect\.html\?/), status: 200 },
    { method: 'POST', path: '/v1/connect/accounts', status: 400 },
  ])
  expect(JSON.stringify(body)).not.toContain(token)
  const deliveries = await order('GET', '/deliveries')
  expect(deliveries.body.data).toMatchObject([{ event: 'CONNECTION_ERROR' }])
})

// Sends headers that `fetch` cannot set: Host, Origin and others.
function orderAs(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `${url}/__emulator/faults`,
      { method: 'POST', headers },
      ({ statusCode, headers: answered }) => {
        expect(answered['access-control-allow-origin']).toBeUndefined()
        resolve(statusCode)
      },
    )
    asked.on('error', reject)
    asked.end('{"status":503}')
  })
}

test.each([
  [{ origin: 'https://evil.example' }],
  [{ origin: 'null' }],
  [{ origin: 'http://localhost:1' }],
  [{ 'sec-fetch-site': 'cross-site' }],
  [{ 'sec-fetch-site': 'same-site' }],
  [{ 'x-forwarded-for': '127.0.0.1' }],
  [{ forwarded: 'for=127.0.0.1' }],
  [{ host: 'tunnel.example' }],
])('requests with %j are rejected', async (headers) => {
  const { url, emulator } = await start({ publicUrl: 'https://tunnel.example' })
  expect(await orderAs(url, headers)).toBe(403)
  expect(emulator.faults.list()).toEqual([])
})

test('requests of the emulator’s own page and of a program that uses an address are accepted', async () => {
  const { url } = await start()
  expect(await orderAs(url, { origin: url, 'sec-fetch-site': 'same-origin' })).toBe(201)
  expect(await orderAs(url.replace('localhost', '127.0.0.1'), {})).toBe(201)
})

const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.family === 'IPv4' && !address.internal)?.address

test.skipIf(outside === undefined)('another machine is rejected', async () => {
  const { url } = await start({ host: '0.0.0.0' })
  const { port } = new URL(url)
  expect(await orderAs(`http://${outside}:${port}`, { host: 'localhost' })).toBe(403)
  expect(await orderAs(`http://127.0.0.1:${port}`, { host: 'localhost' })).toBe(201)
})

test('when disabled, there are no control routes', async () => {
  const { url, order, emulator } = await start({ control: false })
  expect(await order('POST', '/faults', { status: 503 })).toMatchObject({ status: 404 })
  expect(await fetch(`${url}/__emulator`)).toMatchObject({ status: 404 })
  expect(emulator.faults.list()).toEqual([])
})

test('the in-process fetch has no control routes', async () => {
  const { emulator } = await start()
  const response = await emulator.fetch(new Request('http://localhost/__emulator/faults'))
  expect(response.status).toBe(404)
})

test('a reset connection and a truncated response break on the port, and the server stays up', async () => {
  const remote = await start()
  remote.emulator.faults.add({ kind: 'reset', times: 1 })
  await expect(ask(remote)).rejects.toThrow(TypeError)
  remote.emulator.faults.add({ kind: 'truncated', times: 1 })
  const cut = await ask(remote)
  expect(cut.status).toBe(401)
  await expect(cut.text()).rejects.toThrow(TypeError)
  expect(await ask(remote)).toMatchObject({ status: 401 })
  expect(remote.emulator.requests.map(({ status }) => status)).toEqual([null, 401, 401])
})
