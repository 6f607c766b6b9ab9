import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { array, assert, asyncProperty, constantFrom } from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from '../../test/fixtures/create-person.ts'
import { createTestGateway, type TestGateway } from '../../test/fixtures/create-test-gateway.ts'
import {
  finishUrlOf,
  flowStatus,
  sendWebhook,
  showAccounts,
  visit,
} from '../../test/fixtures/follow-flow.ts'
import { subscribe } from '../../test/fixtures/subscribe.ts'
import { readWebFiles, type WebFiles } from './web-files.ts'

const ORIGIN = 'http://localhost:3000'
const BASE = '/connections'
const PAGE = `<!doctype html><meta name="base-path" content="" /><meta name="test-user-id" content="">
<link rel="icon" href="./favicon.svg" /><script type="module" src="./assets/main-abc.js"></script>`

let folder: string
let webFiles: WebFiles

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'base-path-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), PAGE)
  await writeFile(join(folder, 'favicon.svg'), '<svg />')
  await writeFile(join(folder, 'assets/main-abc.js'), 'import("./other-abc.js")')
  webFiles = await filesBelow(BASE)
})

afterAll(() => rm(folder, { recursive: true }))

function filesBelow(basePath: string): Promise<WebFiles> {
  return readWebFiles(folder, { basePath, signIn: 'open', testUserId: 'ada', quickApps: [] })
}

const createBelow = (publicUrl = `${ORIGIN}${BASE}`) => createTestGateway({ publicUrl, webFiles })

const get = (gateway: TestGateway, path: string, headers = {}) =>
  gateway.server.fetch(new Request(`${ORIGIN}${path}`, { headers }))

/** The same gateway as browsers reach it: below a path of the product's, through the product's proxy. */
function behind(gateway: TestGateway, isStripped: boolean): TestGateway {
  async function fetch(request: Request): Promise<Response> {
    const url = new URL(request.url)
    if (!`${url.pathname}/`.startsWith(`${BASE}/`))
      return new Response('The product', { status: 404 })
    if (isStripped) url.pathname = url.pathname.slice(BASE.length)
    return gateway.server.fetch(new Request(url, request))
  }
  return { ...gateway, server: { ...gateway.server, fetch } }
}

/** A browser whose page sends everything below the path. */
function browserOf({ server, emulator }: TestGateway) {
  const fetch = (request: Request) => {
    const url = new URL(request.url)
    url.pathname = `${BASE}${url.pathname}`
    return server.fetch(new Request(url, request))
  }
  return createPerson({ fetch }, emulator)
}

async function signIn(gateway: TestGateway, externalUserId: string) {
  const person = browserOf(gateway)
  await person.post('/auth/demo', { externalUserId })
  return person
}

describe.each([
  ['a proxy that strips the path', true],
  ['a proxy that passes the path on', false],
])('behind %s', (_kind, isStripped) => {
  const create = async () => behind(await createBelow(), isStripped)

  test.each([
    ['', 200, 'text/html'],
    ['/', 200, 'text/html'],
    ['/accounts', 200, 'text/html'],
    ['/accounts/', 200, 'text/html'],
    ['/operator?search=ABCD-1234', 200, 'text/html'],
    ['/favicon.svg', 200, 'image/svg+xml'],
    ['/assets/main-abc.js', 200, 'javascript'],
    ['/assets/gone.js', 404, 'text/plain'],
    ['/health/live', 200, 'json'],
    ['/health/ready', 200, 'json'],
    ['/metrics', 200, 'text/plain'],
    ['/graphql', 405, 'text/plain'],
    ['/api/connect-token', 405, 'json'],
    ['/api/no-such-endpoint', 404, 'json'],
    [`/connect/finish/${'x'.repeat(43)}`, 404, 'text/html'],
    [`/webhooks/pipedream/${'x'.repeat(43)}`, 405, 'text/plain'],
  ])('%s answers %i', async (path, status, type) => {
    const response = await get(await create(), `${BASE}${path}`)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toContain(type)
  })

  test('the page names its files and its path by the whole path, at an address of any depth', async () => {
    const gateway = await create()
    for (const path of ['', '/', '/accounts', '/accounts/', '/no/such/page']) {
      const page = await (await get(gateway, `${BASE}${path}`)).text()
      expect(page).toContain('href="/connections/favicon.svg"')
      expect(page).toContain('src="/connections/assets/main-abc.js"')
      expect(page).toContain('<meta name="base-path" content="/connections"')
    }
  })

  test('a flow is connected, confirmed and heard of, and its events are live', async () => {
    const ada = await signIn(await create(), 'ada')
    const live = await subscribe(ada)
    const accountId = await ada.connectOpenai()
    expect(await showAccounts(ada)).toEqual([{ id: accountId, held: false }])
    expect((await live.take(1))[0]).toMatchObject({ type: 'FLOW_CREATED' })
    await live.leave()
  })

  test('a hosted link leads to its end', async () => {
    const gateway = await create()
    const ada = await signIn(gateway, 'ada')
    const { token, flowId } = await ada.startConnecting('openai')
    const url = await finishUrlOf(gateway, token)
    const accountId = await ada.typeKey(token, 'openai')
    expect(url).toMatch(/^http:\/\/localhost:3000\/connections\/connect\/finish\/[\w-]{43}$/)
    const response = await visit(gateway, url, ada)
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/connections/accounts')
    expect(await flowStatus(ada, flowId)).toBe('SUCCEEDED')
    expect(await showAccounts(ada)).toEqual([{ id: accountId, held: false }])
  })

  test('a hosted link that failed leads back too, and a stranger is shown the way', async () => {
    const gateway = await create()
    const ada = await signIn(gateway, 'ada')
    const { token, flowId } = await ada.startConnecting('openai')
    const url = `${await finishUrlOf(gateway, token)}?failed=1`
    const stranger = await visit(gateway, url, browserOf(gateway))
    expect(stranger.status).toBe(403)
    expect(await stranger.text()).toContain('href="/connections/accounts"')
    expect((await visit(gateway, url, ada)).headers.get('location')).toBe('/connections/accounts')
    expect(await flowStatus(ada, flowId)).toBe('FAILED')
  })

  test('a webhook is sent below the path, and arrives', async () => {
    const gateway = await create()
    const ada = await signIn(gateway, 'ada')
    const { token } = await ada.startConnecting('openai')
    await ada.typeKey(token, 'openai')
    const sent = gateway.emulator.deliveries.at(-1)
    expect(sent?.url).toMatch(
      /^http:\/\/localhost:3000\/connections\/webhooks\/pipedream\/[\w-]{43}$/,
    )
    expect((await sendWebhook(gateway)).status).toBe(204)
  })

  test('signing out takes the cookies away', async () => {
    const ada = await signIn(await create(), 'ada')
    await ada.startConnecting('openai')
    expect(ada.cookies.size).toBe(2)
    await ada.post('/auth/sign-out', {})
    expect(ada.cookies.size).toBe(0)
  })

  test('the log names an address as at the root of an origin', async () => {
    const gateway = await create()
    await get(gateway, `${BASE}/connect/finish/a-secret-of-a-flow`)
    await get(gateway, `${BASE}/no/such/place`)
    const routes = gateway.logged
      .filter(({ msg }) => msg === 'Request completed')
      .map(({ route }) => route)
    expect(routes).toEqual(['/connect/finish/:flowSecret', 'other'])
  })

  test('GraphiQL sends its operations below the path', async () => {
    const response = await get(await create(), `${BASE}/graphql`, { accept: 'text/html' })
    expect(await response.text()).toContain('"endpoint":"/connections/graphql"')
  })
})

test.each(['/accounts', '/api', '/assets', '/connect', '/graphql', '/tools/connections'])(
  'a path may be called %s, whether a proxy strips it or not',
  async (base) => {
    const gateway = await createTestGateway({
      publicUrl: `${ORIGIN}${base}`,
      webFiles: await filesBelow(base),
    })
    for (const prefix of ['', base]) {
      expect((await get(gateway, `${prefix}/health/live`)).status).toBe(200)
      expect((await get(gateway, `${prefix}/assets/main-abc.js`)).status).toBe(200)
      expect((await get(gateway, `${prefix}/accounts`)).status).toBe(200)
      const refusal = await get(gateway, `${prefix}/api/connect-token`)
      expect(refusal.headers.get('content-type')).toContain('json')
      const body = JSON.stringify({ query: '{ __typename }' })
      const headers = { 'content-type': 'application/json' }
      const url = `${ORIGIN}${prefix}/graphql`
      const answer = await gateway.server.fetch(new Request(url, { method: 'POST', body, headers }))
      expect(answer.status).toBe(200)
    }
  },
)

test('a page opened under another name of this machine is sent to the whole address', async () => {
  const gateway = await createBelow()
  for (const path of ['/connections/operator?search=x', '/operator?search=x']) {
    const request = new Request(`http://127.0.0.1:3000${path}`, {
      headers: { accept: 'text/html' },
    })
    const response = await gateway.server.fetch(request)
    expect(response.status).toBe(307)
    expect(response.headers.get('location')).toBe(`${ORIGIN}/connections/operator?search=x`)
  }
})

test('a path that only begins with the same letters is not ours', async () => {
  const gateway = await createBelow()
  for (const path of ['X', 'X/accounts', '.', '-/graphql', '%2faccounts', ';/accounts', '%00']) {
    const response = await get(gateway, `${BASE}${path}`, { accept: 'text/html' })
    expect(response.status).toBe(404)
  }
})

const PIECES = [
  '/connections /%63onnections /Connections /connections%2f %2Fconnections /metrics /%6Detrics /graphql',
  '/health/live /api /accounts /assets/main-abc.js / // \\ /. /.. /%2e /%2E%2e %00 % ; ? # X .svg @',
].flatMap((line) => line.split(' '))

async function answerOf(gateway: TestGateway, path: string) {
  const { status } = await get(gateway, path)
  return {
    status,
    route: gateway.logged.findLast(({ msg }) => msg === 'Request completed')?.['route'],
  }
}

test('below the path is what begins with it to the letter, and nothing else', async () => {
  const [gateway, atRoot] = [await createBelow(), await createTestGateway({ webFiles })]
  await assert(
    asyncProperty(
      array(constantFrom(...PIECES), { minLength: 1, maxLength: 6 }),
      async (pieces) => {
        const path = `/${pieces.join('')}`
        const { pathname, search } = new URL(`${ORIGIN}${path}`)
        const isBelow = pathname === BASE || pathname.startsWith(`${BASE}/`)
        const rest = isBelow ? pathname.slice(BASE.length) || '/' : pathname
        const expected = await answerOf(atRoot, `${rest}${search}`)
        const isPrefixed = !isBelow && pathname.startsWith(BASE)
        expect(await answerOf(gateway, path)).toEqual(
          isPrefixed ? { ...expected, status: 404 } : expected,
        )
      },
    ),
    { numRuns: 300 },
  )
})

test('whether the whole host is for https alone is not said below a path, for the host is the product’s', async () => {
  for (const [publicUrl, isSaid] of [
    ['https://app.example.com', true],
    ['https://app.example.com/connections', false],
  ] as const) {
    const { server } = await createTestGateway({ publicUrl })
    const { headers } = await server.fetch(new Request(`${publicUrl}/health/live`))
    expect(headers.has('strict-transport-security')).toBe(isSaid)
  }
})
