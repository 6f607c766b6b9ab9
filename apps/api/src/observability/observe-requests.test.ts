import { expect, test } from 'vitest'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'

const HOME = 'http://localhost:3000'

test('each request writes one line with its route and operation, and nothing that was sent', async () => {
  const { server, signIn, logged } = await createTestGateway()
  const ada = await signIn('ada')
  await ada.query('query Sneaky { sneaky: viewer { __typename } }')
  await server.fetch(new Request(`${HOME}/connect/finish/a-secret-of-a-flow`))
  await server.fetch(new Request(`${HOME}/no/such/place?token=a-secret`))
  const lines = logged.filter(({ msg }) => msg === 'Request completed')
  expect(lines.map(({ method, route }) => [method, route].join(' '))).toEqual([
    'POST /auth/demo',
    'POST /graphql',
    'GET /connect/finish/:flowSecret',
    'GET other',
  ])
  expect(lines[1]).toMatchObject({
    status: 200,
    viewerKind: 'user',
    viewerHash: expect.stringMatching(/^[0-9a-f]{16}$/),
    operation: 'query viewer',
    requestId: expect.any(String),
    ms: expect.any(Number),
  })
  expect(JSON.stringify(lines)).not.toMatch(/a-secret|sneaky|"ada"/i)
})

test('the line contains the request ID of the response, and the names of its errors', async () => {
  const { signIn, logged } = await createTestGateway()
  const ada = await signIn('ada')
  const response = await ada.post('/graphql', {
    query: `mutation { confirmConnection(input: { flowId: "unknown's", accountId: "apn_1" }) { __typename } }`,
  })
  expect(logged.find(({ operation }) => operation === 'mutation confirmConnection')).toMatchObject({
    requestId: response.headers.get('x-request-id'),
    refusals: ['FlowNotFound'],
  })
})

test('the line of a rejected bearer token contains only the name of the error', async () => {
  const { browser, logged } = await createTestGateway()
  const stranger = browser()
  stranger.headers['authorization'] = 'Bearer something-made-up'
  await stranger.post('/graphql', { query: '{ __typename }' })
  expect(logged.find(({ msg }) => msg === 'Request completed')).toMatchObject({
    status: 401,
    refusals: ['UnknownBearer'],
  })
  expect(JSON.stringify(logged)).not.toContain('something-made-up')
})

test('each event of a flow writes a line with the flow, the user, the app and the request ID', async () => {
  const { signIn, logged } = await createTestGateway()
  const ada = await signIn('ada')
  await ada.connectOpenai()
  const events = logged.filter(({ msg }) => msg === 'Event')
  expect(events.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['flow_created', 'flow_succeeded']),
  )
  for (const event of events) {
    expect(event).toMatchObject({ externalUserId: 'ada', flowId: expect.any(String) })
    expect(
      logged.some(
        ({ msg, requestId }) => msg === 'Request completed' && requestId === event['requestId'],
      ),
    ).toBe(true)
  }
})
