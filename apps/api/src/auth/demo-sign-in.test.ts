import { assert, asyncProperty, constantFrom, domain, ipV4, ipV6, oneof, tuple } from 'fast-check'
import { CONNECT_TOKEN_SCOPE } from 'pipedream-client/node'
import { expect, test } from 'vitest'
import { openDatabase } from '../store/open-database.ts'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'

const VIEWER = '{ viewer { kind externalUserId } }'

test('signing in creates a viewer, signing out ends it', async () => {
  const { browser } = await createTestGateway()
  const person = browser()
  expect(await person.query(VIEWER)).toEqual({ viewer: null })
  const signedIn = await person.post('/auth/demo', { externalUserId: ' ada ' })
  expect(signedIn.status).toBe(204)
  const cookie = signedIn.headers.get('set-cookie')
  expect(cookie).toContain('HttpOnly')
  expect(cookie).toContain('SameSite=Lax')
  expect(await person.query(VIEWER)).toEqual({ viewer: { kind: 'USER', externalUserId: 'ada' } })
  expect((await person.post('/auth/sign-out', {})).status).toBe(204)
  expect(await person.query(VIEWER)).toEqual({ viewer: null })
})

test('the cookie of a signed-out session no longer works', async () => {
  const { browser, server } = await createTestGateway()
  const person = browser()
  const signedIn = await person.post('/auth/demo', { externalUserId: 'ada' })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  await person.post('/auth/sign-out', {})
  const response = await server.fetch(
    new Request('http://localhost:3000/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ query: VIEWER }),
    }),
  )
  expect(await response.json()).toEqual({ data: { viewer: null } })
})

test.each([
  [{}],
  [{ externalUserId: '' }],
  [{ externalUserId: '   ' }],
  [{ externalUserId: 7 }],
  [{ externalUserId: 'x'.repeat(251) }],
  [{ externalUserId: 'ada', role: 'service' }],
  [[]],
  [null],
])('%j is rejected', async (body) => {
  const { browser } = await createTestGateway()
  const response = await browser().post('/auth/demo', body)
  expect(response.status).toBe(400)
  expect(response.headers.get('set-cookie')).toBeNull()
  expect(await response.text()).not.toMatch(/invalid|expected|zod/i)
})

test('demo sign-in works only on the loopback interface, and only while it is on', async () => {
  const { server } = await createTestGateway()
  const signIn = (host: string, remoteAddress?: string) =>
    server.fetch(
      new Request(`http://${host}/auth/demo`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"externalUserId":"ada"}',
      }),
      { remoteAddress },
    )
  expect((await signIn('localhost:3000', '127.0.0.1')).status).toBe(204)
  expect((await signIn('localhost:3000', '::ffff:127.0.0.1')).status).toBe(204)
  expect((await signIn('localhost:3000', '10.0.0.9')).status).toBe(403)
  expect((await signIn('rebound.example:3000', '127.0.0.1')).status).toBe(403)
  const off = await createTestGateway({ demoSignIn: undefined })
  expect((await off.browser().post('/auth/demo', { externalUserId: 'ada' })).status).toBe(403)
})

test('of all hosts, only the names of this machine count as this machine', async () => {
  const { server } = await createTestGateway()
  const near = constantFrom('localhost', '127.0.0.1', '127.9.8.7', '[::1]', '::ffff:127.0.0.1')
  const part = constantFrom('', '.', 'x', '-', '.nip.io', '.evil.example', 'evil.example.', '%2e')
  const host = oneof(
    domain(),
    ipV4(),
    ipV6().map((address) => `[${address}]`),
    tuple(part, near, part).map((parts) => parts.join('')),
  )
  await assert(
    asyncProperty(host, constantFrom('', ':80', ':3000'), async (name, port) => {
      const url = `http://${name}${port}/auth/demo`
      if (!URL.canParse(url)) return
      // 127.0.0.0/8 is this machine.
      const isNamed = name === 'localhost' || name === '[::1]' || /^127(\.\d+){3}$/.test(name)
      const response = await server.fetch(
        new Request(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', host: `${name}${port}` },
          body: '{"externalUserId":"ada"}',
        }),
        { remoteAddress: '127.0.0.1' },
      )
      expect([name, response.status]).toEqual([name, isNamed ? 204 : 403])
    }),
  )
})

test('a peer without an address is not this machine', async () => {
  const { server } = await createTestGateway()
  const request = new Request('http://localhost:3000/auth/demo', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"externalUserId":"ada"}',
  })
  expect((await server.fetch(request, { remoteAddress: undefined })).status).toBe(403)
})

test('a development session does not work where demo sign-in is off', async () => {
  const database = await openDatabase(':memory:')
  const development = await createTestGateway({ database })
  const person = await development.signIn('mallory', 'operator')
  const production = await createTestGateway({ database, demoSignIn: undefined })
  const there = production.browser()
  for (const [name, value] of person.cookies) there.cookies.set(name, value)
  expect(await person.query(VIEWER)).toMatchObject({ viewer: { kind: 'OPERATOR' } })
  expect(await there.query(VIEWER)).toEqual({ viewer: null })
})

test.each([
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-real-ip',
  'via',
])('a request through a proxy (%s) cannot sign in', async (header) => {
  const { browser } = await createTestGateway()
  const person = browser()
  person.headers[header] = '203.0.113.9'
  expect((await person.post('/auth/demo', { externalUserId: 'ada' })).status).toBe(403)
})

test('signing in again ends the previous session', async () => {
  const { browser } = await createTestGateway()
  const person = browser()
  await person.post('/auth/demo', { externalUserId: 'ada' })
  const former = new Map(person.cookies)
  await person.post('/auth/demo', { externalUserId: 'grace' })
  const thief = browser()
  for (const [name, value] of former) thief.cookies.set(name, value)
  expect(await thief.query(VIEWER)).toEqual({ viewer: null })
})

test('the browser cookie is removed by a sign-out, and by the sign-in of another user', async () => {
  const { signIn } = await createTestGateway()
  const person = await signIn('ada')
  const begin = async () => {
    await person.startConnecting('openai')
    return person.cookies.get('browser')
  }
  const first = await begin()
  await person.post('/auth/demo', { externalUserId: 'ada' })
  expect(await begin()).toBe(first)
  await person.post('/auth/demo', { externalUserId: 'grace' })
  expect(person.cookies.has('browser')).toBe(false)
  expect(await begin()).not.toBe(first)
  await person.post('/auth/sign-out', {})
  expect(person.cookies.size).toBe(0)
})

test('a page of an allowed origin can sign users out, also where demo sign-in is off', async () => {
  const { server } = await createTestGateway({
    demoSignIn: undefined,
    connectTokens: {
      allowedOrigins: ['http://localhost:3000', 'https://partner.example'],
      scope: CONNECT_TOKEN_SCOPE,
      connectUrl: 'http://localhost:4010/_static/connect.html',
    },
  })
  const signOut = (origin: string) =>
    server.fetch(
      new Request('http://localhost:3000/auth/sign-out', { method: 'POST', headers: { origin } }),
    )
  const cookies = (await signOut('https://partner.example')).headers.getSetCookie()
  expect(cookies.map((cookie) => cookie.split(';', 1)[0])).toEqual(['session=', 'browser='])
  expect((await signOut('https://evil.example')).status).toBe(403)
})

test('a large body is rejected', async () => {
  const { server } = await createTestGateway()
  const body = JSON.stringify({ externalUserId: 'ada', more: 'x'.repeat(20_000) })
  const response = await server.fetch(
    new Request('http://localhost:3000/auth/demo', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': String(body.length) },
      body,
    }),
  )
  expect(response.status).toBe(413)
})
