import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { listen } from './listen.ts'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'

const BODY = JSON.stringify({ query: '{ viewer { kind } }' })

function jsonBody(body: string): string {
  return `content-type: application/json\r\ncontent-length: ${body.length}\r\n`
}

/** Sends a request as it stands, which no client would, and answers with what comes back. */
async function sendRaw(
  first: string,
  {
    host = 'localhost:3000',
    body = BODY,
    version = '1.1',
    hostLines = `host: ${host}\r\n`,
  }: { host?: string; body?: string; version?: '1.0' | '1.1'; hostLines?: string } = {},
) {
  const gateway = await createTestGateway()
  const listener = await listen(0, 'loopback')
  onTestFinished(() => listener.close())
  listener.serve(gateway.server)
  const socket = connect(listener.port, '127.0.0.1')
  const headers = `${hostLines}connection: close\r\n${body && jsonBody(body)}`
  socket.write(`${first} HTTP/${version}\r\n${headers}\r\n${body}`)
  return { answer: await text(socket), complaints: gateway.complaints() }
}

test.each([
  ['OPTIONS *', {}],
  ['OPTIONS *', { body: '' }],
  ['POST *', {}],
  ['TRACE /graphql', {}],
  ['TRACE /graphql', { body: '' }],
  ['TRACK /accounts', {}],
  ['POST http://[::1/graphql', {}],
  ['POST http://x@localhost:3000/graphql', {}],
  ['GET http://x@localhost:3000/accounts', { body: '' }],
  ['POST //x:99999/graphql', {}],
  ['GET /accounts', {}],
  ...['%%%', 'a:b@localhost', 'localhost:99999', 'localhost/x', '[::1'].flatMap((host) => [
    ['POST /graphql', { host }] as const,
    ['GET /accounts', { host, body: '' }] as const,
    ['GET /health/live', { host, body: '' }] as const,
  ]),
] as const)('%s %j is the sender’s mistake, not ours', async (first, sent) => {
  const { answer, complaints } = await sendRaw(first, sent)
  expect(answer).toMatch(/^HTTP\/1\.1 [24]\d\d /)
  expect(complaints).toEqual([])
})

const SIGN_IN = JSON.stringify({ externalUserId: 'eve' })

describe('a request whose URL is ambiguous is rejected', () => {
  test.each([
    ['GET /health/live', { host: 'localhost/metrics?', body: '' }],
    ['GET /health/live', { host: 'localhost/metrics#', body: '' }],
    ['GET /health/live', { host: 'localhost\\metrics?', body: '' }],
    ['POST /health/live', { host: 'localhost/auth/demo?', body: SIGN_IN }],
    ['POST /auth/demo', { host: 'localhost?', body: SIGN_IN }],
    ['POST /auth/demo', { host: 'localhost#', body: SIGN_IN }],
    ['POST /auth/demo', { host: 'evil@localhost', body: SIGN_IN }],
    ['POST /auth/demo', { host: '@localhost', body: SIGN_IN }],
    ['POST /auth/demo', { host: 'local host', body: SIGN_IN }],
    ['POST /auth/demo', { host: 'local\thost', body: SIGN_IN }],
    ['POST /auth/demo', { host: 'localhost, localhost', body: SIGN_IN }],
    ['POST /auth/demo', { host: '%6cocalhost', body: SIGN_IN }],
    ['POST /auth/demo', { host: 'localhost:3000:3000', body: SIGN_IN }],
    ['POST /auth/demo', { host: 'localhost:http', body: SIGN_IN }],
    ['POST /auth/demo', { host: ':3000', body: SIGN_IN }],
    ['POST /auth/demo', { host: '::1', body: SIGN_IN }],
    ['POST /auth/demo', { host: '[localhost]', body: SIGN_IN }],
    ['POST /auth/demo', { host: '', body: SIGN_IN }],
    ['POST /auth/demo', { hostLines: '', body: SIGN_IN }],
    ['POST /auth/demo', { hostLines: 'host: localhost\r\nHost: evil\r\n', body: SIGN_IN }],
    ['POST /auth/demo', { hostLines: 'host: localhost\r\nhost: localhost\r\n', body: SIGN_IN }],
    ['POST http://localhost/auth/demo', { host: 'localhost', body: SIGN_IN }],
    ['POST http://localhost/auth/demo', { host: 'evil', body: SIGN_IN }],
    ['GET http:/metrics', { host: 'localhost', body: '' }],
  ] as const)('%s %j', async (first, sent) => {
    const { answer, complaints } = await sendRaw(first, sent)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).not.toMatch(/^set-cookie/im)
    expect(complaints).toEqual([])
  })
})

test.each([
  ...['localhost', 'LOCALHOST:3000', '127.0.0.1', '[::1]:3000', 'my_gateway.example.', 'a:'].map(
    (host) => ({ host, body: '' }),
  ),
  // Some load balancers check health without a host.
  { version: '1.0', hostLines: '', body: '' },
] as const)('%j is accepted', async (sent) => {
  const { answer } = await sendRaw('GET /health/live', sent)
  expect(answer).toMatch(/^HTTP\/1\.1 200 /)
})
