import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from './listen.ts'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'

const BODY = JSON.stringify({ query: '{ viewer { kind } }' })
const JSON_BODY = `content-type: application/json\r\ncontent-length: ${BODY.length}\r\n`

/** Sends a request as it stands, which no client would, and answers with what comes back. */
async function sendRaw(first: string, { host = 'localhost:3000', body = BODY } = {}) {
  const gateway = await createTestGateway()
  const listener = await listen(0, 'loopback')
  onTestFinished(() => listener.close())
  listener.serve(gateway.server)
  const socket = connect(listener.port, '127.0.0.1')
  const headers = `host: ${host}\r\nconnection: close\r\n${body && JSON_BODY}`
  socket.write(`${first} HTTP/1.1\r\n${headers}\r\n${body}`)
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
