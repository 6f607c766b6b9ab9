import { serverAudits } from 'graphql-http'
import { beforeAll, expect, test } from 'vitest'
import { createTestGateway, type TestGateway } from '../../test/fixtures/create-test-gateway.ts'

let server: TestGateway['server']

beforeAll(async () => {
  server = (await createTestGateway()).server
})

const URL = 'http://localhost:3000/graphql'

const audits = serverAudits({
  url: URL,
  fetchFn: (url: string, init: RequestInit) => server.fetch(new Request(url, init)),
})

// What its specification leaves open and we refuse: a link could send such an operation.
const BY_GET = new Set(['5A70', 'D6D5', '6A70'])

// GraphQL over HTTP, by the audit of those who specify it: https://github.com/graphql/graphql-http
test.each(audits)('$id $name', async ({ id, fn }) => {
  const result = await fn()
  const reason = 'reason' in result ? `: ${result.reason}` : ''
  const wanted = BY_GET.has(id) ? 'notice: Response status code is not 200' : 'ok'
  expect(result.status + reason).toBe(wanted)
})

const failures = [
  { query: '{' },
  { query: '{ nothing }' },
  { query: 'query ($id: ID!) { flow(id: $id) { id } }', variables: { id: null } },
]

test.each([
  [undefined, 400],
  ['*/*', 400],
  ['application/json', 200],
  ['application/json, text/plain, */*', 200],
  ['Application/JSON;q=0.9', 200],
  ['application/graphql-response+json', 400],
  ['application/graphql-response+json, application/json;q=0.9', 400],
  ['application/graphql-response+json, application/graphql+json, application/json', 400],
])(
  'an operation that cannot run, for a client that accepts %s, gets %i',
  async (accept, status) => {
    for (const body of failures) {
      const headers = { 'content-type': 'application/json', ...(accept && { accept }) }
      const answer = await server.fetch(
        new Request(URL, { method: 'POST', headers, body: JSON.stringify(body) }),
      )
      expect(answer.status).toBe(status)
      const { data, errors } = await answer.json()
      expect([data, errors.length]).toEqual([undefined, 1])
    }
  },
)

test.each([
  ['', 200],
  ['image/png', 406],
])('an operation for a client that accepts “%s” gets %i', async (accept, status) => {
  const gateway = await createTestGateway()
  const ada = await gateway.signIn('ada')
  ada.headers.accept = accept
  const query = 'mutation { createConnectToken(input: { app: "slack" }) { __typename } }'
  const answer = await ada.post('/graphql', { query })
  expect(answer.status).toBe(status)
  // Nothing is created for a client that cannot read it.
  const created = gateway.logged.filter(({ event }) => event === 'flow_created')
  expect(created).toHaveLength(status === 200 ? 1 : 0)
})
