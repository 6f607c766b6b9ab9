import { generateKeyPairSync } from 'node:crypto'
import { assert, asyncProperty, oneof, string, stringMatching } from 'fast-check'
import { SignJWT } from 'jose'
import { CONNECT_TOKEN_SCOPE } from 'pipedream-client/node'
import { afterEach, expect, test, vi } from 'vitest'
import type { AuthConfig } from '../config/auth-config.ts'
import type { ServerDeps } from '../server.ts'
import { sha256 } from '../store/secrets.ts'
import { type Claims, createIssuer } from '../../test/fixtures/create-issuer.ts'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'
import { createVerifyJwt } from './verify-jwt.ts'

const VIEWER = '{ viewer { kind externalUserId } }'
const SERVICE_KEY = 'emulator-service-key-for-these-tests'

afterEach(() => void vi.useRealTimers())

async function createSignIn(auth: Partial<AuthConfig> = {}, deps: Partial<ServerDeps> = {}) {
  const issuer = await createIssuer()
  const verifyJwt = createVerifyJwt({ ...issuer.auth, ...auth }, { fetch: issuer.fetch })
  const gateway = await createTestGateway({
    verifyJwt,
    serviceKeyHash: sha256(SERVICE_KEY),
    ...deps,
  })

  async function ask(authorization: string, headers: Record<string, string> = {}) {
    const person = gateway.browser()
    Object.assign(person.headers, { authorization, ...headers })
    const response = await person.post('/graphql', { query: VIEWER })
    const text = await response.text()
    return { response, status: response.status, text }
  }

  async function viewerOf(claims?: Claims, header?: { alg?: string; kid?: string }) {
    const { status, text } = await ask(`Bearer ${await issuer.sign(claims, header)}`)
    return status === 200 ? JSON.parse(text).data.viewer : status
  }

  return { ...gateway, issuer, ask, viewerOf }
}

const ADA = { kind: 'USER', externalUserId: 'ada' }
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('a valid token makes a user, a service key makes a service', async () => {
  const { ask, viewerOf } = await createSignIn()
  expect(await viewerOf()).toEqual(ADA)
  expect(await viewerOf({ aud: ['other', 'connected-accounts'] })).toEqual(ADA)
  expect(JSON.parse((await ask(`Bearer ${SERVICE_KEY}`)).text)).toEqual({
    data: { viewer: { kind: 'SERVICE', externalUserId: null } },
  })
})

test.each<[string, () => Claims]>([
  ['another issuer', () => ({ iss: 'https://evil.example' })],
  ['no issuer', () => ({ iss: undefined })],
  ['another audience', () => ({ aud: 'other' })],
  ['no audience', () => ({ aud: undefined })],
  ['no expiry', () => ({ exp: undefined })],
  ['an expiry in the past', () => ({ exp: seconds(-60) })],
  ['a start in the future', () => ({ nbf: seconds(60) })],
  ['no user', () => ({ sub: undefined })],
  ['an empty user', () => ({ sub: '' })],
  ['a blank user', () => ({ sub: '  ' })],
  ['a user of 251 characters', () => ({ sub: 'x'.repeat(251) })],
  ['half a character', () => ({ sub: '\ud800' })],
])('a token with %s is rejected, and the error contains no part of it', async (_what, claims) => {
  const { issuer, ask, logged } = await createSignIn()
  const token = await issuer.sign(claims())
  const { response, status, text } = await ask(`Bearer ${token}`)
  expect(status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
  expect(text.trim()).not.toBe('')
  expect(text).not.toContain('evil.example')
  expect(text + JSON.stringify(logged)).not.toContain(token)
})

test.each([7, true, ['ada'], { id: 'ada' }, null])('the user %j is rejected', async (user) => {
  const { viewerOf } = await createSignIn({ userClaim: 'user' })
  expect(await viewerOf({ user })).toBe(401)
  expect(await viewerOf({ user: 'grace' })).toEqual({ kind: 'USER', externalUserId: 'grace' })
})

test('clocks may differ by the tolerance, and no more', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  const { viewerOf } = await createSignIn()
  expect(await viewerOf({ exp: seconds(-29) })).toEqual(ADA)
  expect(await viewerOf({ exp: seconds(-30) })).toBe(401)
  expect(await viewerOf({ nbf: seconds(30) })).toEqual(ADA)
  expect(await viewerOf({ nbf: seconds(31) })).toBe(401)
})

test('an unsigned token and one signed with the public key as a secret are rejected', async () => {
  const { issuer, ask } = await createSignIn()
  const [, payload] = (await issuer.sign()).split('.')
  expect((await ask(`Bearer ${encode({ alg: 'none' })}.${payload}.`)).status).toBe(401)
  const secret = new TextEncoder().encode(JSON.stringify(issuer.publicKey()))
  const forged = await new SignJWT({ sub: 'ada', aud: 'connected-accounts' })
    .setProtectedHeader({ alg: 'HS256', kid: issuer.publicKey().kid })
    .setIssuer('https://id.example')
    .setExpirationTime('5m')
    .sign(secret)
  expect((await ask(`Bearer ${forged}`)).status).toBe(401)
})

test('a token of another key and one with changed claims are rejected', async () => {
  const { issuer, ask } = await createSignIn()
  const stranger = await createIssuer()
  const forged = await stranger.sign({}, { kid: issuer.publicKey().kid })
  expect((await ask(`Bearer ${forged}`)).status).toBe(401)
  const [header, , signature] = (await issuer.sign()).split('.')
  const claims = { ...issuer.auth, sub: 'grace', exp: seconds(60) }
  expect((await ask(`Bearer ${header}.${encode(claims)}.${signature}`)).status).toBe(401)
})

test('an algorithm that is not listed is rejected', async () => {
  const { viewerOf } = await createSignIn({ algorithms: ['RS256'] })
  expect(await viewerOf()).toBe(401)
})

test('keys can rotate, and unknown keys do not cause endless requests', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  const { issuer, viewerOf } = await createSignIn()
  expect(await viewerOf()).toEqual(ADA)
  for (const kid of ['a', 'b', 'c']) expect(await viewerOf({}, { kid })).toBe(401)
  expect(issuer.asked()).toBe(1)
  await issuer.rotate()
  vi.setSystemTime(Date.now() + 31_000)
  expect(await viewerOf()).toEqual(ADA)
  expect(issuer.asked()).toBe(2)
})

test('a key that is no longer listed is rejected', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  const { issuer, ask, viewerOf } = await createSignIn()
  await viewerOf()
  const former = await issuer.sign({ exp: seconds(3600) })
  await issuer.rotate()
  vi.setSystemTime(Date.now() + 601_000)
  expect((await ask(`Bearer ${former}`)).status).toBe(401)
})

test.each<[string, () => Response | Promise<Response>]>([
  ['is unreachable', () => Promise.reject(new TypeError('fetch failed'))],
  ['has an error', () => new Response('', { status: 500 })],
  ['redirects elsewhere', () => Response.redirect('https://evil.example/keys')],
  ['returns no keys', () => Response.json({ hello: 'there' })],
  ['returns no JSON', () => new Response('<html>')],
])('when the key set URL %s, the response is 503 and not 401', async (_how, instead) => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() })
  const { issuer, ask, viewerOf, complaints } = await createSignIn()
  issuer.answer(instead)
  const { response, status } = await ask(`Bearer ${await issuer.sign()}`)
  expect(status).toBe(503)
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(complaints()).toHaveLength(1)
  expect((await ask(`Bearer ${SERVICE_KEY}`)).status).toBe(200)
  issuer.answer(undefined)
  vi.advanceTimersByTime(5000)
  expect(await viewerOf()).toEqual(ADA)
})

test('while the keys cannot be fetched, bearer tokens cause one request in five seconds', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() })
  const { issuer, viewerOf } = await createSignIn()
  issuer.answer(() => new Response('', { status: 500 }))
  const ask = async (count: number) => {
    const asked = Array.from({ length: count }, () => viewerOf())
    expect(new Set(await Promise.all(asked))).toEqual(new Set([503]))
    expect(await viewerOf()).toBe(503)
  }
  await ask(20)
  vi.advanceTimersByTime(4999)
  await ask(20)
  expect(issuer.asked()).toBe(1)
  vi.advanceTimersByTime(1)
  await ask(20)
  expect(issuer.asked()).toBe(2)
})

test('a clock that is set back does not extend the wait for the keys', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() })
  const { issuer, viewerOf } = await createSignIn()
  issuer.answer(() => new Response('', { status: 500 }))
  expect(await viewerOf()).toBe(503)
  issuer.answer(undefined)
  vi.setSystemTime(Date.now() - 3_600_000)
  vi.advanceTimersByTime(5000)
  expect(await viewerOf()).toEqual(ADA)
})

test('while the keys cannot be fetched, known keys stay valid and unknown ones cause no request each', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  const { issuer, viewerOf } = await createSignIn()
  expect(await viewerOf()).toEqual(ADA)
  issuer.answer(() => Promise.reject(new TypeError('fetch failed')))
  vi.setSystemTime(Date.now() + 31_000)
  for (let count = 0; count < 20; count += 1) {
    expect(await viewerOf({}, { kid: `unknown-${count}` })).toBe(503)
    expect(await viewerOf()).toEqual(ADA)
  }
  expect(issuer.asked()).toBe(2)
})

test('a key that is too weak is rejected', async () => {
  const { issuer, ask } = await createSignIn()
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey
  const jwk = { ...weak.export({ format: 'jwk' }), kid: 'weak', alg: 'RS256' }
  issuer.answer(() => Response.json({ keys: [jwk] }))
  const [, payload] = (await issuer.sign()).split('.')
  const token = `${encode({ alg: 'RS256', kid: 'weak' })}.${payload}.AAAA`
  expect((await ask(`Bearer ${token}`)).status).toBe(503)
})

test.each<[unknown, string, string]>([
  ['operator', 'operator', 'OPERATOR'],
  [['reader', 'operator'], 'operator', 'OPERATOR'],
  [true, 'true', 'OPERATOR'],
  ['user', 'operator', 'USER'],
  ['operators', 'operator', 'USER'],
  [['reader'], 'operator', 'USER'],
  [[['operator']], 'operator', 'USER'],
  [{ operator: true }, 'operator', 'USER'],
  [true, 'operator', 'USER'],
  [undefined, 'operator', 'USER'],
  [false, 'true', 'USER'],
  [undefined, 'true', 'USER'],
])('with the claim %j and the required value %s the viewer is %s', async (role, value, kind) => {
  const { viewerOf } = await createSignIn({ operatorClaim: { name: 'role', value } })
  expect(await viewerOf({ role })).toEqual({ kind, externalUserId: 'ada' })
})

test('without an operator claim there are no operators', async () => {
  const { viewerOf } = await createSignIn({ operatorClaim: undefined })
  expect(await viewerOf({ role: 'operator', undefined: 'undefined' })).toEqual(ADA)
})

test('a bearer token wins over the cookie, even an invalid one', async () => {
  const { issuer, signIn } = await createSignIn()
  const grace = await signIn('grace')
  grace.headers.authorization = `Bearer ${await issuer.sign()}`
  expect(await grace.query(VIEWER)).toEqual({ viewer: ADA })
  for (const bad of ['Bearer emulator-wrong-key', 'Bearer', 'Basic Z3JhY2U6', '']) {
    grace.headers.authorization = bad
    expect((await grace.post('/graphql', { query: VIEWER })).status).toBe(401)
  }
})

test('any invalid bearer token gets 401, never a server error', async () => {
  const { ask } = await createSignIn()
  const part = oneof(
    stringMatching(/^[\w-]{0,40}$/),
    string().map((alg) => encode({ alg })),
    string().map((crit) => encode({ alg: 'ES256', kid: 'key-1', crit: [crit] })),
  )
  const jwt = asyncProperty(part, part, part, async (...parts) => {
    expect((await ask(`Bearer ${parts.join('.')}`)).status).toBe(401)
  })
  await assert(jwt)
  const anything = asyncProperty(stringMatching(/^[\x20-\x7e\xa0-\xff]{0,80}$/), async (text) => {
    expect((await ask(text)).status).toBe(401)
    expect((await ask(`Bearer ${text}`)).status).toBe(401)
  })
  await assert(anything)
  expect((await ask(`Bearer ${'x'.repeat(1_000_000)}`)).status).toBe(401)
})

test('a request for another user than the viewer is rejected before it does anything', async () => {
  const { issuer, signIn, browser } = await createSignIn()
  const start = { query: 'mutation { createConnectToken(input: { app: "slack" }) { __typename } }' }
  const name = '王 100%'
  for (const person of [await signIn(name), browser()]) {
    if (!person.cookies.size) {
      person.headers.authorization = `Bearer ${await issuer.sign({ sub: name })}`
    }
    person.headers['x-expected-viewer'] = encodeURIComponent(name)
    expect((await person.post('/graphql', start)).status).toBe(200)
    person.cookies.delete('browser')
    for (const other of ['grace', '', '%', encodeURIComponent(encodeURIComponent(name))]) {
      person.headers['x-expected-viewer'] = other
      expect((await person.post('/graphql', start)).status).toBe(409)
    }
    expect(person.cookies.has('browser')).toBe(false)
  }
  const anonymous = browser()
  anonymous.headers['x-expected-viewer'] = 'ada'
  expect((await anonymous.post('/graphql', start)).status).toBe(409)
})

test('a page of an allowed origin can send a bearer token, and read why it was rejected', async () => {
  const partner = 'https://partner.example'
  const { ask, server } = await createSignIn(
    {},
    {
      connectTokens: {
        allowedOrigins: ['http://localhost:3000', partner],
        scope: CONNECT_TOKEN_SCOPE,
        connectUrl: 'http://localhost:4010/_static/connect.html',
      },
    },
  )
  const wanted = 'authorization,content-type,x-expected-viewer'
  const preflight = await server.fetch(
    new Request('http://localhost:3000/graphql', {
      method: 'OPTIONS',
      headers: {
        origin: partner,
        'access-control-request-method': 'POST',
        'access-control-request-headers': wanted,
      },
    }),
  )
  expect(preflight.headers.get('access-control-allow-headers')).toBe(wanted)
  expect(preflight.headers.get('access-control-allow-credentials')).toBe('true')
  const { response, status } = await ask('Bearer emulator-wrong-key', { origin: partner })
  expect(status).toBe(401)
  expect(response.headers.get('access-control-allow-origin')).toBe(partner)
  expect((await ask('Bearer x', { origin: 'https://evil.example' })).status).toBe(403)
})

test('a service has no accounts of its own', async () => {
  const { browser } = await createSignIn()
  const service = browser()
  service.headers.authorization = `Bearer ${SERVICE_KEY}`
  expect(await service.query('{ viewer { accounts { __typename } } }')).toEqual({
    viewer: { accounts: { __typename: 'NotAllowed' } },
  })
  expect(
    await service.field(
      'mutation { disconnectAccount(input: { accountId: "apn_1" }) { __typename } }',
    ),
  ).toEqual({ __typename: 'NotAllowed' })
})
