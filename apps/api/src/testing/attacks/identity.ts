import { HOME } from './arena.ts'
import { attacks } from './attack.ts'

const WHO = '{ viewer { kind externalUserId } }'
const WORKSPACE = 'mutation { oauthToken { __typename ... on OAuthToken { accessToken } } }'
const NOBODY = { says: /"viewer":null/ }
const MALLORY = { says: /"mallory"/, never: /"ada"|SERVICE|OPERATOR/ }
const bearer = (value: string) => ({ headers: { authorization: value } })

export const identity = attacks('identity', [
  [
    'a session cookie that was made up',
    ({ post }) => post(body(WHO), cookie(`session=${'a'.repeat(43)}`)),
    200,
    NOBODY,
  ],
  [
    'a session cookie that is too long',
    ({ post }) => post(body(WHO), cookie(`session=${'a'.repeat(5000)}`)),
    200,
    NOBODY,
  ],
  ['an empty session cookie', ({ post }) => post(body(WHO), cookie('session=')), 200, NOBODY],
  [
    'a session cookie of SQL',
    ({ post }) => post(body(WHO), cookie("session=' or 1=1 --")),
    200,
    NOBODY,
  ],
  [
    'a session cookie that is broken percent code',
    ({ post }) => post(body(WHO), cookie('session=%E0%A4%A')),
    200,
    NOBODY,
  ],
  [
    'a cookie header of nonsense',
    ({ post }) => post(body(WHO), cookie(';;;=;==;\u00ff;session')),
    200,
    NOBODY,
  ],
  [
    'a cookie named __proto__',
    ({ post }) => post(body(WHO), cookie('__proto__=x; constructor=y')),
    200,
    NOBODY,
  ],
  [
    'the session twice, the victim’s name last',
    ({ post, mallory }) =>
      post(body(WHO), cookie(`session=${mallory.cookies.get('session')}; session=ada`)),
    200,
    MALLORY,
  ],
  [
    'a session under the name that https uses',
    ({ post, mallory }) =>
      post(body(WHO), cookie(`__Host-session=${mallory.cookies.get('session')}`)),
    200,
    NOBODY,
  ],
  [
    'the victim’s name as the cookie',
    ({ post }) => post(body(WHO), cookie('session=ada; externalUserId=ada')),
    200,
    NOBODY,
  ],
  [
    'the browser cookie for a session',
    ({ post, mallory }) => post(body(WHO), cookie(`session=${mallory.cookies.get('browser')}`)),
    200,
    NOBODY,
  ],
  [
    'the hash of a session for the session',
    async ({ post, mallory }) =>
      post(body(WHO), cookie(`session=${await hash(mallory.cookies.get('session') ?? '')}`)),
    200,
    NOBODY,
  ],
  ['a bearer that nobody knows', ({ ask }) => ask(WHO, {}, bearer('Bearer nobody')), 401],
  ['an empty bearer', ({ ask }) => ask(WHO, {}, bearer('Bearer ')), 401],
  ['basic credentials', ({ ask }) => ask(WHO, {}, bearer('Basic YWRhOmFkYQ==')), 401],
  [
    'a bearer of two words',
    ({ ask, serviceKey }) => ask(WHO, {}, bearer(`Bearer ${serviceKey} x`)),
    401,
  ],
  [
    'the service key without its scheme',
    ({ ask, serviceKey }) => ask(WHO, {}, bearer(serviceKey)),
    401,
  ],
  [
    'the service key but for its last letter',
    ({ ask, serviceKey }) => ask(WHO, {}, bearer(`Bearer ${serviceKey.slice(0, -1)}`)),
    401,
  ],
  [
    'the service key in another case',
    ({ ask, serviceKey }) => ask(WHO, {}, bearer(`Bearer ${serviceKey.toUpperCase()}`)),
    401,
  ],
  [
    'the service key as a cookie',
    ({ post, serviceKey }) => post(body(WHO), cookie(`session=${serviceKey}`)),
    200,
    NOBODY,
  ],
  [
    'the service key as a query',
    ({ send, serviceKey }) =>
      send(`/graphql?access_token=${serviceKey}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: body(WHO),
      }),
    200,
    NOBODY,
  ],
  [
    'a session secret as a bearer',
    ({ ask, mallory }) => ask(WHO, {}, bearer(`Bearer ${mallory.cookies.get('session')}`)),
    401,
  ],
  [
    'a JWT that is not signed',
    ({ ask }) =>
      ask(WHO, {}, bearer(`Bearer ${base64({ alg: 'none' })}.${base64({ sub: 'ada' })}.`)),
    401,
  ],
  [
    'a JWT that is signed by the public key as a secret',
    ({ ask }) =>
      ask(WHO, {}, bearer(`Bearer ${base64({ alg: 'HS256' })}.${base64({ sub: 'ada' })}.c2ln`)),
    401,
  ],
  [
    'a JWT of another issuer',
    async ({ ask, issuer }) =>
      ask(WHO, {}, bearer(`Bearer ${await issuer.sign({ iss: 'https://evil.example' })}`)),
    401,
  ],
  [
    'a JWT for another audience',
    async ({ ask, issuer }) =>
      ask(WHO, {}, bearer(`Bearer ${await issuer.sign({ aud: 'billing' })}`)),
    401,
  ],
  [
    'a JWT that has expired',
    async ({ ask, issuer }) => ask(WHO, {}, bearer(`Bearer ${await issuer.sign({ exp: 1 })}`)),
    401,
  ],
  [
    'a JWT that never expires',
    async ({ ask, issuer }) =>
      ask(WHO, {}, bearer(`Bearer ${await issuer.sign({ exp: undefined })}`)),
    401,
  ],
  [
    'a JWT whose user is a list',
    async ({ ask, issuer }) =>
      ask(WHO, {}, bearer(`Bearer ${await issuer.sign({ sub: ['ada'] })}`)),
    401,
  ],
  [
    'a JWT whose payload was changed',
    async ({ ask, issuer }) =>
      ask(
        WHO,
        {},
        bearer(
          `Bearer ${(await issuer.sign({ sub: 'mallory' })).replace(/\.[^.]*\./, `.${base64({ sub: 'ada' })}.`)}`,
        ),
      ),
    401,
  ],
  [
    'a JWT whose role is a word within a word',
    async ({ ask, issuer }) =>
      ask(
        WORKSPACE,
        {},
        bearer(`Bearer ${await issuer.sign({ sub: 'mallory', role: 'no-operator' })}`),
      ),
    200,
    { says: /NotAllowed/ },
  ],
  [
    'a JWT whose role is an object',
    async ({ ask, issuer }) =>
      ask(
        WORKSPACE,
        {},
        bearer(`Bearer ${await issuer.sign({ sub: 'mallory', role: { operator: true } })}`),
      ),
    200,
    { says: /NotAllowed/ },
  ],
  [
    'a JWT that names its own keys',
    ({ ask }) =>
      ask(
        WHO,
        {},
        bearer(
          `Bearer ${base64({ alg: 'ES256', jku: 'https://evil.example/keys', kid: 'key-1' })}.${base64({ sub: 'ada' })}.c2ln`,
        ),
      ),
    401,
  ],
  [
    'a bearer of 8,000 letters',
    ({ ask }) => ask(WHO, {}, bearer(`Bearer ${'a.'.repeat(4000)}`)),
    401,
  ],
  [
    'a header that names a user',
    ({ ask }) =>
      ask(
        WHO,
        {},
        {
          headers: {
            'x-external-user-id': 'ada',
            'x-user-id': 'ada',
            'x-forwarded-user': 'ada',
            'remote-user': 'ada',
          },
        },
      ),
    200,
    MALLORY,
  ],
  [
    'a page that shows somebody else',
    ({ ask }) => ask(WHO, {}, { headers: { 'x-expected-viewer': 'ada' } }),
    409,
  ],
  [
    'a name that is only almost the own',
    ({ ask }) => ask(WHO, {}, { headers: { 'x-expected-viewer': 'Mallory' } }),
    409,
  ],
  [
    'the demo cookie through a proxy',
    ({ ask }) => ask(WHO, {}, { headers: { 'x-forwarded-for': '127.0.0.1' } }),
    200,
    NOBODY,
  ],
  [
    'the demo cookie by “forwarded”',
    ({ ask }) => ask(WHO, {}, { headers: { forwarded: 'for=127.0.0.1' } }),
    200,
    NOBODY,
  ],
  [
    'the demo cookie from another machine',
    ({ ask }) => ask(WHO, {}, { peer: { remoteAddress: '203.0.113.9' } }),
    200,
    NOBODY,
  ],
  [
    'demo sign-in through a proxy',
    ({ send }) =>
      send('/auth/demo', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': '::1' },
        body: '{"externalUserId":"ada"}',
      }),
    403,
  ],
  [
    'demo sign-in from another machine',
    ({ send }) =>
      send('/auth/demo', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"externalUserId":"ada"}',
        peer: { remoteAddress: '::ffff:203.0.113.9' },
      }),
    403,
  ],
  [
    'demo sign-in under another host’s name',
    ({ world }) =>
      world.server.fetch(
        new Request('http://evil.example/auth/demo', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"externalUserId":"ada"}',
        }),
      ),
    403,
  ],
  [
    'demo sign-in by a host that begins like this machine',
    ({ world }) =>
      world.server.fetch(
        new Request('http://localhost.evil.example/auth/demo', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"externalUserId":"ada"}',
        }),
      ),
    403,
  ],
  [
    'demo sign-in by a user name in the address',
    ({ send }) =>
      send('/auth/demo', {
        method: 'POST',
        headers: { 'content-type': 'application/json', host: 'localhost@evil.example' },
        body: '{"externalUserId":""}',
      }),
    400,
  ],
  [
    'demo sign-in as a service',
    ({ send }) =>
      send('/auth/demo', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"externalUserId":"ada","role":"service"}',
      }),
    400,
  ],
  [
    'a user for the whole workspace’s token',
    ({ ask }) => ask(WORKSPACE),
    200,
    { says: /NotAllowed/ },
  ],
  [
    'nobody for the whole workspace’s token',
    ({ send }) =>
      send('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: body(WORKSPACE),
      }),
    200,
    { says: /NotSignedIn/ },
  ],
  [
    'a user who names another user',
    ({ ask }) =>
      ask(
        'mutation { createConnectToken(input: { app: "openai", externalUserId: "ada" }) { __typename } }',
      ),
    200,
    { says: /NotAllowed/ },
  ],
  [
    'an operator who names another user',
    ({ ask, operator }) =>
      ask(
        'mutation { createConnectToken(input: { app: "openai", externalUserId: "ada" }) { __typename } }',
        {},
        { as: operator },
      ),
    200,
    { says: /NotAllowed/ },
  ],
  [
    'a service that names nobody',
    ({ ask, serviceKey }) =>
      ask(
        'mutation { createConnectToken(input: { app: "openai" }) { __typename } }',
        {},
        bearer(`Bearer ${serviceKey}`),
      ),
    200,
    { says: /InvalidInput/ },
  ],
  [
    'a service for somebody’s accounts',
    ({ ask, serviceKey }) =>
      ask('{ viewer { accounts { __typename } } }', {}, bearer(`Bearer ${serviceKey}`)),
    200,
    { says: /NotAllowed/ },
  ],
  [
    'a service that disconnects',
    ({ ask, serviceKey, adaAccount }) =>
      ask(
        `mutation { disconnectAccount(input: { accountId: "${adaAccount}" }) { __typename } }`,
        {},
        bearer(`Bearer ${serviceKey}`),
      ),
    200,
    { says: /NotAllowed/ },
  ],
  [
    'a session after sign-out',
    async ({ world, send }) => {
      const eve = await world.signIn('eve')
      const session = `session=${eve.cookies.get('session')}`
      await eve.post('/auth/sign-out', {})
      return send('/graphql', {
        method: 'POST',
        headers: { cookie: session, 'content-type': 'application/json', origin: HOME },
        body: body(WHO),
      })
    },
    200,
    NOBODY,
  ],
])

function body(query: string): string {
  return JSON.stringify({ query })
}

function cookie(value: string) {
  return { headers: { cookie: value } }
}

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

async function hash(value: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(value))
  return Buffer.from(digest).toString('hex')
}
