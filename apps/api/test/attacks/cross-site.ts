import type { Target, Sent } from './create-target.ts'
import { attacks } from './attack.ts'

const DISCONNECT = (accountId: string) =>
  `mutation { disconnectAccount(input: { accountId: "${accountId}" }) { __typename } }`

// The victim's own browser, on another site's page.
const lured =
  (headers: Record<string, string>, more: Sent = {}) =>
  ({ send, ada, adaAccount }: Target) =>
    send('/graphql', {
      method: 'POST',
      as: ada,
      body: JSON.stringify({ query: DISCONNECT(adaAccount) }),
      ...more,
      headers: { 'content-type': 'application/json', ...headers },
    })

const preflight = (headers: Record<string, string>) => (target: Target) =>
  target.send('/graphql', {
    method: 'OPTIONS',
    headers: { 'access-control-request-method': 'POST', ...headers },
  })

const form = (path: string, body: Sent['body']) => (target: Target) =>
  target.send(path, { method: 'POST', as: target.ada, body: body ?? '' })

const overrides = ['x-http-method-override', 'x-method-override', 'x-http-method']

export const crossSite = attacks('cross-site', [
  ['another origin', lured({ origin: 'https://evil.example' }), 403],
  ['the origin null of a sandboxed frame', lured({ origin: 'null' }), 403],
  ['an empty origin', lured({ origin: '' }), 403],
  [
    'our origin as the beginning of another',
    lured({ origin: 'http://localhost:3000.evil.example' }),
    403,
  ],
  [
    'our origin as the end of another',
    lured({ origin: 'https://evil.example/http://localhost:3000' }),
    403,
  ],
  ['our host on another port', lured({ origin: 'http://localhost:3001' }), 403],
  ['our host by https', lured({ origin: 'https://localhost:3000' }), 403],
  ['our origin in capitals', lured({ origin: 'HTTP://LOCALHOST:3000' }), 403],
  ['our origin with a slash', lured({ origin: 'http://localhost:3000/' }), 403],
  ['our origin and another', lured({ origin: 'http://localhost:3000, https://evil.example' }), 403],
  ['a user name before our host', lured({ origin: 'http://localhost:3000@evil.example' }), 403],
  ['an extension of the browser', lured({ origin: 'chrome-extension://abcdefgh' }), 403],
  ['no origin, from another site', lured({ 'sec-fetch-site': 'cross-site' }), 403],
  ['no origin, from a sibling site', lured({ 'sec-fetch-site': 'same-site' }), 403],
  ['no origin, from a word that browsers do not say', lured({ 'sec-fetch-site': 'friendly' }), 403],
  [
    'our origin only in the referrer',
    lured({ origin: 'https://evil.example', referer: 'http://localhost:3000/' }),
    403,
  ],
  [
    'an origin that a proxy is said to have changed',
    lured({ origin: 'https://evil.example', 'x-forwarded-host': 'localhost:3000' }),
    403,
  ],
  [
    'a simple request of plain text',
    lured({ 'content-type': 'text/plain', 'sec-fetch-site': 'same-origin' }),
    415,
  ],
  [
    'a simple request of plain text that mentions JSON',
    lured({ 'content-type': 'text/plain; application/json' }),
    415,
  ],
  ['two content types', lured({ 'content-type': 'text/plain, application/json' }), 415],
  ['a content type of GraphQL', lured({ 'content-type': 'application/graphql' }), 415],
  ['a content type that begins like JSON', lured({ 'content-type': 'application/jsonp' }), 415],
  [
    'no content type',
    ({ send, ada }) =>
      send('/graphql', { method: 'POST', as: ada, body: new Uint8Array([123, 125]) }),
    415,
  ],
  ['a form', form('/graphql', new URLSearchParams({ query: 'mutation { __typename }' })), 415],
  ['a form with files', form('/graphql', multipart()), 415],
  [
    'a form that signs the user in',
    form('/auth/demo', new URLSearchParams({ externalUserId: 'mallory' })),
    415,
  ],
  ['a sign-in of plain text', form('/auth/demo', '{"externalUserId":"mallory"}'), 415],
  [
    'a sign-out by another site',
    ({ send, ada }) =>
      send('/auth/sign-out', {
        method: 'POST',
        as: ada,
        headers: { origin: 'https://evil.example' },
      }),
    403,
  ],
  [
    'a sign-out by a picture',
    ({ send, ada }) =>
      send('/auth/sign-out', { as: ada, headers: { 'sec-fetch-site': 'cross-site' } }),
    [404, 405],
  ],
  [
    'a mutation by a link',
    ({ send, ada, adaAccount }) =>
      send(`/graphql?query=${encodeURIComponent(DISCONNECT(adaAccount))}`, { as: ada }),
    405,
  ],
  [
    'a query by a link',
    ({ send, ada }) => send('/graphql?query={viewer{externalUserId}}', { as: ada }),
    405,
  ],
  [
    'a mutation by HEAD',
    ({ send, ada, adaAccount }) =>
      send(`/graphql?query=${encodeURIComponent(DISCONNECT(adaAccount))}`, {
        method: 'HEAD',
        as: ada,
      }),
    405,
  ],
  [
    'a mutation in the query of a POST',
    ({ send, ada, adaAccount }) =>
      send(`/graphql?query=${encodeURIComponent(DISCONNECT(adaAccount))}`, {
        method: 'POST',
        as: ada,
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }),
    400,
  ],
  ...overrides.map(
    (name) =>
      [
        `a GET that says ${name}`,
        (target: Target) =>
          target.send('/graphql?query=mutation{__typename}', {
            as: target.ada,
            headers: { [name]: 'POST' },
          }),
        405,
      ] as const,
  ),
  [
    'a method in the query',
    ({ send, ada }) => send('/graphql?_method=POST&query=mutation{__typename}', { as: ada }),
    405,
  ],
  [
    'PUT',
    ({ send, ada }) =>
      send('/graphql', {
        method: 'PUT',
        as: ada,
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{viewer{kind}}"}',
      }),
    [404, 405],
  ],
  ['DELETE', ({ send, ada }) => send('/graphql', { method: 'DELETE', as: ada }), [404, 405]],
  [
    'PATCH from another site',
    ({ send, ada }) =>
      send('/graphql', { method: 'PATCH', as: ada, headers: { origin: 'https://evil.example' } }),
    403,
  ],
  [
    'a preflight of a stranger',
    preflight({ origin: 'https://evil.example' }),
    [200, 204],
    { never: /./ },
  ],
  [
    'a preflight without an origin',
    preflight({ origin: 'null', 'access-control-request-headers': 'content-type' }),
    [200, 204],
    { never: /./ },
  ],
])

function multipart(): FormData {
  const body = new FormData()
  body.set(
    'operations',
    '{"query":"mutation ($file: String) { __typename }","variables":{"file":null}}',
  )
  body.set('map', '{"0":["variables.__proto__.polluted"]}')
  body.set('0', new Blob(['x']))
  return body
}
