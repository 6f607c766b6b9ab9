import { CONNECT_TOKEN_SCOPE } from 'pipedream-client/node'
import { expect, test } from 'vitest'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'

test.each([
  ['another site’s page', { origin: 'https://evil.example' }, 403],
  ['a sandboxed frame', { origin: 'null' }, 403],
  ['a cross-site form without an origin', { 'sec-fetch-site': 'cross-site' }, 403],
  ['a sibling subdomain’s form without an origin', { 'sec-fetch-site': 'same-site' }, 403],
  ['our own page', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }, 200],
  ['a program', {}, 200],
])('%s', async (_who, headers, status) => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  Object.assign(ada.headers, headers)
  const response = await ada.post('/graphql', { query: '{ viewer { kind } }' })
  expect(response.status).toBe(status)
})

test('a GET cannot mutate, and a form cannot post', async () => {
  const { server } = await createTestGateway()
  const mutation = 'mutation { oauthToken { __typename } }'
  const get = await server.fetch(
    new Request(`http://localhost:3000/graphql?query=${encodeURIComponent(mutation)}`, {
      headers: { accept: 'application/json' },
    }),
  )
  expect(get.status).toBe(405)
  const query = await server.fetch(
    new Request('http://localhost:3000/graphql?query={viewer{kind}}', {
      headers: { origin: 'null' },
    }),
  )
  expect(query.status).toBe(405)
  const form = await server.fetch(
    new Request('http://localhost:3000/graphql', {
      method: 'POST',
      body: new URLSearchParams({ query: mutation }),
    }),
  )
  expect(form.status).toBe(415)
})

test.each(['null', 'https://evil.example'])('%s is told nothing by CORS', async (origin) => {
  const { server } = await createTestGateway({
    connectTokens: {
      allowedOrigins: ['http://localhost:3000', 'https://partner.example'],
      scope: CONNECT_TOKEN_SCOPE,
      connectUrl: 'http://localhost:4010/_static/connect.html',
    },
  })
  const preflight = (from: string) =>
    server.fetch(
      new Request('http://localhost:3000/graphql', {
        method: 'OPTIONS',
        headers: { origin: from, 'access-control-request-method': 'POST' },
      }),
    )
  expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull()
  expect(
    (await preflight('https://partner.example')).headers.get('access-control-allow-origin'),
  ).toBe('https://partner.example')
  for (const from of [origin, 'https://partner.example', 'http://localhost:3000']) {
    expect((await preflight(from)).headers.get('vary')?.toLowerCase()).toContain('origin')
  }
})

test('a page opened by another name of this machine is sent to its own', async () => {
  const { server } = await createTestGateway()
  const page = await server.fetch(
    new Request('http://127.0.0.1:3000/accounts?x=1', { headers: { accept: 'text/html' } }),
  )
  expect(page.headers.get('location')).toBe('http://localhost:3000/accounts?x=1')
  const trick = await server.fetch(
    new Request('http://127.0.0.1:3000//evil.example/', { headers: { accept: 'text/html' } }),
  )
  expect(trick.headers.get('location')).toBeNull()
})
