import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from './listen.ts'
import { createTestGateway, testLimits } from '../../test/fixtures/create-test-gateway.ts'
import type { WebFiles } from './web-files.ts'

const HOME = 'http://localhost:3000'
const SECRET = 'x'.repeat(43)
const BYTES = new TextEncoder().encode('something')
const FILE = { etag: '"something"', plain: BYTES, zipped: BYTES }
const webFiles: WebFiles = new Map([
  ['/index.html', { ...FILE, type: 'text/html' }],
  ['/assets/main-abc.js', { ...FILE, type: 'text/javascript' }],
])

/** Every address, with the methods that its `Allow` names. */
const ADDRESSES: [path: string, allow: string[]][] = [
  ['/', ['GET', 'HEAD', 'OPTIONS']],
  ['/accounts', ['GET', 'HEAD', 'OPTIONS']],
  ['/assets/main-abc.js', ['GET', 'HEAD', 'OPTIONS']],
  ['/graphql', ['GET', 'HEAD', 'OPTIONS', 'POST']],
  ['/auth/demo', ['OPTIONS', 'POST']],
  ['/auth/sign-out', ['OPTIONS', 'POST']],
  ['/api/oauth-token', ['OPTIONS', 'POST']],
  ['/api/connect-token', ['OPTIONS', 'POST']],
  ['/health/live', ['GET', 'HEAD', 'OPTIONS']],
  ['/health/ready', ['GET', 'HEAD', 'OPTIONS']],
  ['/metrics', ['GET', 'HEAD', 'OPTIONS']],
  [`/webhooks/pipedream/${SECRET}`, ['OPTIONS', 'POST']],
  [`/connect/finish/${SECRET}`, ['GET', 'HEAD', 'OPTIONS', 'POST']],
]

const allowed = (response: Response) => response.headers.get('allow')?.split(', ').toSorted()

async function open(overrides: Parameters<typeof createTestGateway>[0] = {}) {
  const { server } = await createTestGateway({ webFiles, ...overrides })
  return (path: string, init?: RequestInit) => server.fetch(new Request(`${HOME}${path}`, init))
}

test.each(ADDRESSES)('%s says what it allows', async (path, allow) => {
  const send = await open()
  const options = await send(path, { method: 'OPTIONS' })
  expect([options.status, allowed(options), await options.text()]).toEqual([204, allow, ''])
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
    if (allow.includes(method)) continue
    const refused = await send(path, { method })
    expect([method, refused.status, allowed(refused)]).toEqual([method, 405, allow])
  }
})

const seen = ({ status, headers }: Response) => ({
  status,
  type: headers.get('content-type'),
  allow: headers.get('allow'),
  etag: headers.get('etag'),
})

test.each([
  ['/', {}],
  ['/assets/main-abc.js', {}],
  ['/assets/main-abc.js', { 'if-none-match': FILE.etag }],
  ['/assets/gone.js', {}],
  ['/graphql', { accept: 'text/html' }],
  ['/graphql', {}],
  ['/auth/demo', {}],
  ['/api/connect-token', {}],
  ['/health/live', {}],
  ['/health/ready', {}],
  ['/metrics', {}],
  ['/metrics', { 'x-forwarded-for': '203.0.113.9' }],
  [`/webhooks/pipedream/${SECRET}`, {}],
  [`/connect/finish/${SECRET}`, {}],
])('HEAD of %s %j is GET without a body', async (path, headers) => {
  const send = await open()
  const get = await send(path, { headers })
  const head = await send(path, { method: 'HEAD', headers })
  expect(seen(head)).toEqual(seen(get))
  expect(await head.text()).toBe('')
})

test('HEAD neither confirms nor revokes a flow that comes back', async () => {
  const gateway = await createTestGateway()
  let finish = ''
  gateway.intercept(async (request) => {
    if (!request.url.endsWith('/tokens')) return undefined
    finish = new URL((await request.clone().json()).success_redirect_uri).pathname
    return undefined
  })
  const ada = await gateway.signIn('ada')
  const { flowId } = await ada.startConnecting('openai')
  const look = (cookie: string) =>
    gateway.server.fetch(new Request(HOME + finish, { method: 'HEAD', headers: { cookie } }))
  const cookie = [...ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  expect((await look('')).status).toBe(403)
  expect((await look(cookie)).status).toBe(303)
  const read = await ada.query(`{ flow(id: "${flowId}") { status } }`)
  expect(read).toEqual({ flow: { status: 'OPEN' } })
})

test.each(['/graphql', '/api/connect-token', '/auth/demo', '/health/live', '/metrics'])(
  '%s/ is %s',
  async (path) => {
    const send = await open()
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const init = {
        method,
        headers: { 'content-type': 'application/json', accept: 'text/html' },
        ...(method === 'POST' && { body: '{}' }),
      }
      const [plain, slashed] = [await send(path, init), await send(`${path}/`, init)]
      expect(slashed.status).toBe(plain.status)
      expect(slashed.headers.get('content-type')).toBe(plain.headers.get('content-type'))
    }
    const [one, two] = [await send(path), await send(`${path}//`)]
    expect(await two.text()).not.toBe(await one.text())
  },
)

test('an address with a slash behind it is logged by its pattern', async () => {
  const { server, logged } = await createTestGateway()
  await server.fetch(new Request(`${HOME}/webhooks/pipedream/${SECRET}/`, { method: 'POST' }))
  expect(logged.at(-1)).toMatchObject({ route: '/webhooks/pipedream/:flowSecret', status: 404 })
})

test('without introspection there is no GraphiQL to get', async () => {
  const send = await open({ limits: { ...testLimits, introspection: false } })
  for (const init of [{}, { headers: { accept: 'text/html' } }]) {
    const answer = await send('/graphql', init)
    expect([answer.status, allowed(answer)]).toEqual([405, ['OPTIONS', 'POST']])
  }
})

test('nothing is allowed where nothing is', async () => {
  const send = await open()
  for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST', 'DELETE']) {
    const answer = await send('/nothing.txt', { method })
    expect([answer.status, allowed(answer)]).toEqual([404, undefined])
  }
})

test('a page of an allowed origin reads in the preflight what it may send', async () => {
  const send = await open()
  const preflight = await send('/graphql/', {
    method: 'OPTIONS',
    headers: { origin: HOME, 'access-control-request-method': 'POST' },
  })
  expect(preflight.headers.get('access-control-allow-origin')).toBe(HOME)
  expect(preflight.headers.get('access-control-allow-methods')).toBe('POST')
})

/** Sends a request line over a socket, and reads all that comes back. */
async function sendRaw(first: string): Promise<string> {
  const { server } = await createTestGateway({ webFiles })
  const listener = await listen(0, 'loopback')
  onTestFinished(() => listener.close())
  listener.serve(server)
  const socket = connect(listener.port, '127.0.0.1')
  socket.write(`${first} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`)
  return (await text(socket)).toLowerCase()
}

test.each([
  ['HEAD /health/live', 200],
  ['HEAD /accounts', 200],
  ['HEAD /graphql', 405],
  ['HEAD /nothing.txt', 404],
  ['OPTIONS /metrics', 204],
])('%s over a socket is %i and has no body', async (first, status) => {
  const answer = await sendRaw(first)
  expect(answer).toMatch(new RegExp(`^http/1.1 ${status} `))
  expect(answer).toMatch(/\r\n\r\n$/)
})

test('TRACE is told what to use', async () => {
  const answer = await sendRaw('TRACE /health/live')
  expect(answer).toMatch(/^http\/1.1 405 /)
  expect(answer).toContain('\r\nallow: get, head, options\r\n')
})
