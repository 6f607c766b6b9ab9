import { expect, test } from 'vitest'
import type { ServerDeps } from '../server.ts'
import { createTestGateway, testLimits } from '../../test/fixtures/create-test-gateway.ts'

const PATHS = ['/api/oauth-token', '/api/connect-token/', '/api', '/api/', '/api/no-such-endpoint']

interface Failure {
  status: number
  init: RequestInit
  deps?: Partial<ServerDeps>
}

const JSON_TYPE = { 'content-type': 'application/json' }
const post = (headers: Record<string, string> = {}, body = '{}'): RequestInit => ({
  method: 'POST',
  headers: { ...JSON_TYPE, ...headers },
  body,
})

const refusingRates = { ...testLimits.rates, take: async () => 1500 }
const brokenRates = {
  ...testLimits.rates,
  take: async () => Promise.reject(new Error('no counter')),
}

const FAILURES: Record<string, Failure> = {
  'a foreign origin': { status: 403, init: post({ origin: 'https://evil.example' }) },
  'another site': { status: 403, init: post({ 'sec-fetch-site': 'cross-site' }) },
  'a body that is too large': {
    status: 413,
    init: post(),
    deps: { limits: { ...testLimits, body: { bytes: 1, timeoutMs: 1000 } } },
  },
  'a wrong content-length': {
    status: 400,
    init: post({ 'content-length': 'many' }),
  },
  'too many requests from one IP address': {
    status: 429,
    init: post(),
    deps: { limits: { ...testLimits, rates: refusingRates } },
  },
  'an unexpected error': {
    status: 500,
    init: post(),
    deps: { limits: { ...testLimits, rates: brokenRates } },
  },
}

function isAnError(body: unknown): boolean {
  return (
    typeof body === 'object' &&
    body !== null &&
    Object.keys(body).join() === 'error' &&
    'error' in body &&
    /^\S.+$/.test(String(body.error))
  )
}

test.each(PATHS.flatMap((path) => Object.keys(FAILURES).map((name) => ({ path, name }))))(
  '$path responds to $name with JSON',
  async ({ path, name }) => {
    const { status, init, deps } = FAILURES[name] as Failure
    const { server } = await createTestGateway(deps)
    const response = await server.fetch(new Request(`http://localhost:3000${path}`, init))
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(response.headers.get('x-request-id')).toBeTruthy()
    expect(response.headers.get('retry-after')).toBe(status === 429 ? '2' : null)
    expect(await response.json()).toSatisfy(isAnError)
  },
)

test.each(PATHS)('%s responds with JSON to a wrong method or path', async (path) => {
  const { server } = await createTestGateway()
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
    const response = await server.fetch(new Request(`http://localhost:3000${path}`, { method }))
    expect(response.status).toBe(path.includes('-token') ? 405 : 404)
    expect(await response.json()).toSatisfy(isAnError)
  }
})

test('other paths keep the plain-text error', async () => {
  const { server } = await createTestGateway()
  const response = await server.fetch(
    new Request('http://localhost:3000/graphql', post({ origin: 'https://evil.example' })),
  )
  expect(response.status).toBe(403)
  expect(response.headers.get('content-type')).toContain('text/plain')
})
