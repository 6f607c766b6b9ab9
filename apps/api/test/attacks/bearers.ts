import { attacks } from './attack.ts'
import { bearer, body, ANONYMOUS, WHO, WORKSPACE } from './who-asks.ts'

export const bearers = attacks('bearers', [
  ['an unknown bearer token', ({ ask }) => ask(WHO, {}, bearer('Bearer unknown')), 401],
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
    'the service key as a query',
    ({ send, serviceKey }) =>
      send(`/graphql?access_token=${serviceKey}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: body(WHO),
      }),
    200,
    ANONYMOUS,
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
])

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
