import { expect, onTestFinished, test } from 'vitest'
import type { AuthConfig } from '../config/auth-config.ts'
import { listen } from '../http/listen.ts'
import { type Claims, createIssuer } from '../../test/fixtures/create-issuer.ts'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'
import { createVerifyJwt } from './verify-jwt.ts'

const QUERY = { query: '{ viewer { kind externalUserId } }' }

async function createSignIn(auth: Partial<AuthConfig> = {}) {
  const issuer = await createIssuer()
  const verifyJwt = createVerifyJwt({ ...issuer.auth, ...auth }, { fetch: issuer.fetch })
  const gateway = await createTestGateway({ verifyJwt })

  async function ask(bearer: string) {
    const person = gateway.browser()
    person.headers.authorization = `Bearer ${bearer}`
    const response = await person.post('/graphql', QUERY)
    return { status: response.status, text: await response.text() }
  }

  async function viewerOf(claims: Claims) {
    const { status, text } = await ask(await issuer.sign(claims))
    return status === 200 ? JSON.parse(text).data.viewer : status
  }

  return { ...gateway, issuer, ask, viewerOf }
}

test.each<[name: string, value: string, made: [claims: Claims, kind: string]]>([
  ['realm_access.roles', 'admin', [{ realm_access: { roles: ['x', 'admin'] } }, 'OPERATOR']],
  ['app_metadata.role', 'admin', [{ app_metadata: { role: 'admin' } }, 'OPERATOR']],
  ['a.b.c', 'x', [{ a: { b: { c: 'x' } } }, 'OPERATOR']],
  ['https://example.com/roles', 'admin', [{ 'https://example.com/roles': ['admin'] }, 'OPERATOR']],
  [
    'https://example.com/app.roles',
    'x',
    [{ 'https://example.com/app': { roles: 'x' } }, 'OPERATOR'],
  ],
  [
    'resource_access.my.app.roles',
    'x',
    [{ resource_access: { 'my.app': { roles: ['x'] } } }, 'OPERATOR'],
  ],
  ['cognito:groups', 'admins', [{ 'cognito:groups': ['admins'] }, 'OPERATOR']],
  ['scope', 'operate', [{ scope: 'read operate' }, 'OPERATOR']],
  ['scp', 'operate', [{ scp: 'operate' }, 'OPERATOR']],
  ['scp', 'operate', [{ scp: ['read', 'operate'] }, 'OPERATOR']],
  ['level', '5', [{ level: 5 }, 'OPERATOR']],
  ['app_metadata.admin', 'true', [{ app_metadata: { admin: true } }, 'OPERATOR']],
  // An exact name wins over a path.
  ['a.b', 'x', [{ 'a.b': 'y', a: { b: 'x' } }, 'USER']],
  ['a.b', 'x', [{ 'a.b': 'x', a: { b: 'y' } }, 'OPERATOR']],
  ['scope', 'operate', [{ scope: 'operate:nothing read' }, 'USER']],
  // A name that users choose themselves is not split.
  ['name', 'admin', [{ name: 'not admin' }, 'USER']],
  ['realm_access.roles', 'admin', [{ realm_access: ['admin'] }, 'USER']],
  ['realm_access.roles', 'admin', [{ realm_access: { roles: { admin: true } } }, 'USER']],
  ['realm_access.roles', 'admin', [{ realm_access: null }, 'USER']],
  ['roles.length', '1', [{ roles: ['a'] }, 'USER']],
  ['name.length', '3', [{ name: 'ada' }, 'USER']],
  ['constructor.name', 'Object', [{}, 'USER']],
  ['a.__proto__.x', 'undefined', [{ a: {} }, 'USER']],
])('%s=%s of %j', async (name, value, [claims, kind]) => {
  const { viewerOf } = await createSignIn({ operatorClaim: { name, value } })
  expect(await viewerOf(claims)).toEqual({ kind, externalUserId: 'ada' })
})

test.each<[name: string, claims: Claims, user: string | number]>([
  ['app_metadata.user_id', { app_metadata: { user_id: 'grace' } }, 'grace'],
  ['https://example.com/user.id', { 'https://example.com/user.id': 'grace' }, 'grace'],
  ['https://example.com/user.id', { 'https://example.com/user': { id: 'grace' } }, 'grace'],
  ['app_metadata.user_id', { app_metadata: {} }, 401],
  ['app_metadata.user_id', {}, 401],
  ['toString', {}, 401],
])('the user claim %s of %j is %s', async (userClaim, claims, user) => {
  const { viewerOf } = await createSignIn({ userClaim, operatorClaim: undefined })
  const viewer = await viewerOf(claims)
  expect(viewer).toEqual(user === 401 ? 401 : { kind: 'USER', externalUserId: user })
})

test('a token without an audience gets a different error than one for another audience', async () => {
  const { issuer, ask } = await createSignIn()
  const none = await ask(await issuer.sign({ aud: undefined }))
  const other = await ask(await issuer.sign({ aud: 'other' }))
  expect([none.status, other.status]).toEqual([401, 401])
  expect(none.text).toContain('“aud”')
  expect(none.text).not.toContain('another audience')
  expect(other.text).toContain('another audience')
})

test.each(['azp', 'client_id'])('the audience can be in the claim %s', async (audienceClaim) => {
  const { viewerOf, issuer } = await createSignIn({ audienceClaim })
  const { audience } = issuer.auth
  const ada = { kind: 'USER', externalUserId: 'ada' }
  expect(await viewerOf({ aud: undefined, [audienceClaim]: audience })).toEqual(ada)
  expect(await viewerOf({ aud: audience, [audienceClaim]: 'other' })).toBe(401)
  expect(await viewerOf({ aud: audience })).toBe(401)
})

interface Refused {
  claims?: Claims
  kid?: string
  auth?: Partial<AuthConfig>
  line: Record<string, unknown>
}

const ISSUER = { setting: 'AUTH_ISSUER', expected: 'https://id.example' }
const AUDIENCE = { setting: 'AUTH_AUDIENCE', expected: 'connected-accounts' }

test.each<Refused>([
  { claims: { iss: 'https://id.example/' }, line: { ...ISSUER, actual: 'https://id.example/' } },
  { claims: { iss: undefined }, line: { ...ISSUER, actual: 'nothing' } },
  {
    claims: { iss: 'https://x.example' },
    kid: 'x',
    line: { ...ISSUER, actual: 'https://x.example' },
  },
  { claims: { aud: ['a', 'b'] }, line: { ...AUDIENCE, actual: '["a","b"]' } },
  { claims: { aud: undefined }, line: { ...AUDIENCE, actual: 'nothing' } },
  { claims: { azp: 'x' }, auth: { audienceClaim: 'azp' }, line: { ...AUDIENCE, actual: 'x' } },
  { claims: { sub: 7 }, line: { setting: 'AUTH_USER_CLAIM', expected: 'sub' } },
  { claims: {}, kid: 'x', line: { setting: 'AUTH_JWKS_URL', actual: 'x' } },
  {
    claims: {},
    auth: { algorithms: ['RS256'] },
    line: { setting: 'AUTH_ALGORITHMS', expected: 'RS256', actual: 'ES256' },
  },
])('the log contains the expected and the actual value once: $line', async (refused) => {
  const { claims, kid, auth, line } = refused
  const { issuer, ask, complaints, logged } = await createSignIn(auth)
  const tokens = [
    await issuer.sign(claims, kid ? { kid } : {}),
    await issuer.sign(claims, kid ? { kid } : {}),
  ]
  for (const token of tokens) {
    const { status, text } = await ask(token)
    expect(status).toBe(401)
    for (const part of token.split('.')) expect(text + JSON.stringify(logged)).not.toContain(part)
    expect(text).not.toContain('x.example')
  }
  expect(complaints()).toMatchObject([line])
})

test('a long actual value is truncated in the log', async () => {
  const { issuer, ask, complaints } = await createSignIn()
  await ask(await issuer.sign({ iss: `https://${'x'.repeat(9000)}` }))
  expect(JSON.stringify(complaints()).length).toBeLessThan(1000)
})

test('an encrypted token and an unknown bearer token get different errors', async () => {
  const { ask } = await createSignIn()
  const header = Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url')
  expect((await ask(`${header}..aaaa.bbbb.cccc`)).text).toContain('encrypted')
  expect((await ask('emulator-unknown-bearer')).text).toContain('SERVICE_KEY')
})

test.each([
  [20_000, 200],
  [40_000, 401],
])(
  'a token of about %i characters gets %i over the network, with cookies',
  async (size, status) => {
    const { issuer, server } = await createSignIn()
    const listener = await listen(0, 'loopback')
    onTestFinished(() => listener.close())
    listener.serve(server)
    const token = await issuer.sign({ groups: 'x'.repeat(size * 0.75) })
    const response = await fetch(`http://127.0.0.1:${listener.port}/graphql`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        cookie: `other=${'y'.repeat(4000)}`,
      },
      body: JSON.stringify(QUERY),
    })
    expect(token.length).toBeGreaterThan(size)
    expect(response.status).toBe(status)
  },
)
