import { request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { deploy } from '../../test/deploy.ts'
import { createHarness, type Harness } from '../../test/harness.ts'
import { listen } from '../server/listen.ts'

async function deployHttp(harness: Harness): Promise<{ id: string; url: string }> {
  const { data } = (await deploy(harness)).body
  return { id: data.id, url: data.endpoint_url }
}

async function listEvents(harness: Harness, id: string): Promise<unknown[]> {
  const path = `/v1/connect/proj_emulator/deployed-triggers/${id}/events?external_user_id=ada`
  const { body } = await harness.asServer(path)
  return body.data.map(({ e }: { e: unknown }) => e)
}

test('a request to the address of an HTTP trigger is an event of that trigger only', async () => {
  const harness = await createHarness()
  const [mine, other] = [await deployHttp(harness), await deployHttp(harness)]
  const response = await harness.emulator.fetch(
    new Request(`${mine.url}/v1/connect/apps?a=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"n":[1]}',
    }),
  )
  expect(response.status).toBe(200)
  expect(await listEvents(harness, mine.id)).toEqual([
    expect.objectContaining({
      method: 'POST',
      path: '/v1/connect/apps',
      query: { a: '1' },
      headers: expect.objectContaining({ 'content-type': 'application/json' }),
      body: { n: [1] },
    }),
  ])
  expect(await listEvents(harness, other.id)).toEqual([])
})

test.each([
  ['text', { 'content-type': 'text/plain' }, 'Grüße', 'Grüße'],
  ['broken JSON', { 'content-type': 'application/json' }, '{', '{'],
  ['bytes', {}, new Uint8Array([0xff, 0]), '/wA='],
  ['nothing', {}, '', null],
])('the event contains a body of %s', async (...[, headers, body, told]) => {
  const harness = await createHarness()
  const { id, url } = await deployHttp(harness)
  await harness.emulator.fetch(new Request(url, { method: 'PUT', headers, body }))
  expect(await listEvents(harness, id)).toMatchObject([{ method: 'PUT', body: told }])
})

test('an address without a trigger, or of an inactive one, does not exist', async () => {
  const harness = await createHarness()
  const { id, url } = await deployHttp(harness)
  const path = `/v1/connect/proj_emulator/deployed-triggers/${id}?external_user_id=ada`
  await harness.asServer(path, { method: 'PUT', json: { active: false } })
  expect(await harness.emulator.fetch(new Request(url))).toMatchObject({ status: 404 })
  const unknown = 'http://e0123456789abcdef0123.localhost:4010/'
  expect(await harness.emulator.fetch(new Request(unknown))).toMatchObject({ status: 404 })
  expect(await listEvents(harness, id)).toEqual([])
})

test('IP addresses have no subdomains, so endpoints use localhost', async () => {
  const harness = await createHarness({ publicUrl: 'http://127.0.0.1:4011' })
  const { id, url } = await deployHttp(harness)
  expect(url).toMatch(/^http:\/\/e[0-9a-f]{20}\.localhost:4011$/)
  await harness.emulator.fetch(new Request(url))
  expect(await listEvents(harness, id)).toHaveLength(1)
})

test('pages of every origin may call it, and their preflight is not an event', async () => {
  const harness = await createHarness()
  const { id, url } = await deployHttp(harness)
  const headers = {
    origin: 'https://app.example',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  }
  const asked = await harness.emulator.fetch(new Request(url, { method: 'OPTIONS', headers }))
  expect(asked.headers.get('access-control-allow-headers')).toBe('content-type')
  expect(asked.headers.get('access-control-allow-origin')).toBe('*')
  expect(await listEvents(harness, id)).toEqual([])
})

test('faults apply to endpoints too', async () => {
  const harness = await createHarness()
  harness.emulator.faults.add({ kind: 'status', status: 503, path: '/' })
  const response = await harness.emulator.fetch(new Request('https://eo1abc.m.pipedream.net/'))
  expect(response.status).toBe(503)
})

async function ask(url: string, host: string, path: string): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const asked = request(url + path, { headers: { host } }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => (text += String(chunk)))
      response.on('end', () => resolve([response.statusCode ?? 0, text]))
    })
    asked.on('error', reject)
    asked.end()
  })
}

test('on a port the Host header selects the endpoint, and never the API, a page or the control routes', async () => {
  const { url, close } = await listen({ port: 0 })
  onTestFinished(close)
  const host = `eo1abc.localhost:${new URL(url).port}`
  for (const path of ['/', '/v1/connect/apps', '/__emulator/state', '//evil.example/']) {
    const [status, text] = await ask(url, host, path)
    expect([status, JSON.parse(text).url]).toEqual([200, `http://${host}${path}`])
  }
})

test.each([
  'evil.localhost',
  'eo1abc.evil.example',
  'eo1abc.localhost.evil.example',
  'a.eo1abc.localhost',
  'eo1abc.localhost@evil.example',
  'eo.localhost',
])('on a port "%s" is not an endpoint, and is rejected', async (host) => {
  const { url, close } = await listen({ port: 0 })
  onTestFinished(close)
  expect((await ask(url, host, '/'))[0]).toBe(421)
})

test('an emulator whose own name looks like an endpoint still serves the API', async () => {
  const publicUrl = 'http://engine.localhost:4010'
  const { emulator } = await createHarness({ publicUrl })
  const response = await emulator.fetch(new Request(`${publicUrl}/v1/connect/apps`))
  expect(response.status).toBe(401)
})
