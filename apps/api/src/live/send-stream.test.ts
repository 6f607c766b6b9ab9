import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { listen, type Listener } from '../http/listen.ts'
import type { LiveSettings } from './event-streams.ts'
import { createLiveTestGateway } from '../../test/fixtures/create-live-gateway.ts'

const listeners: Listener[] = []
afterEach(async () => {
  await Promise.all(listeners.splice(0).map(async (listener) => listener.close()))
})

/** A server on a port, and a user who is signed in, whose socket the test holds. */
async function createSocketGateway(live: Partial<LiveSettings> = {}) {
  const gateway = await createLiveTestGateway({ live })
  const listener = await listen(0, 'loopback')
  listeners.push(listener)
  listener.serve(gateway.server)
  const ada = await gateway.signIn('ada')
  const cookie = [...ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const body = JSON.stringify({
    query: 'subscription { connectionEvents { ... on ConnectionEvent { accountId } } }',
  })
  const post = (sent: string) =>
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncookie: ${cookie}\r\naccept: text/event-stream, application/json\r\ncontent-type: application/json\r\ncontent-length: ${sent.length}\r\n\r\n${sent}`
  const open = () => connect(listener.port, '127.0.0.1')
  /** Subscribes; returns the socket once the stream has started or was rejected. */
  async function subscribe({ more = '' } = {}) {
    const socket = open()
    socket.write(post(body) + more)
    const [first] = await once(socket, 'data')
    return { socket, head: String(first) }
  }
  return { ...gateway, listener, subscribe, open, post, body }
}

test('events arrive over the socket, with the headers of every response', async () => {
  const { subscribe, happen } = await createSocketGateway()
  const { socket, head } = await subscribe()
  expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(head).toContain('content-type: text/event-stream')
  expect(head).toContain('x-content-type-options: nosniff')
  await happen('ada', 'apn_1')
  const [chunk] = await once(socket, 'data')
  expect(String(chunk)).toMatch(
    /^id: \d+\nevent: next\ndata: {"data":{"connectionEvents":{"accountId":"apn_1"}}}\n\n$/,
  )
  socket.destroy()
})

test('a reader that leaves frees its stream', async () => {
  const { subscribe } = await createSocketGateway({ perUser: 1 })
  const first = await subscribe()
  const refused = await subscribe()
  expect(refused.head).toMatch(/^HTTP\/1\.1 429 /)
  refused.socket.destroy()
  first.socket.destroy()
  await expect
    .poll(async () => {
      const { socket, head } = await subscribe()
      socket.destroy()
      return head
    })
    .toMatch(/^HTTP\/1\.1 200 /)
})

test('the socket of a slow reader is closed', async () => {
  const { subscribe, happen } = await createSocketGateway({ perUser: 1, pendingBytes: 1000 })
  const { socket } = await subscribe()
  socket.pause()
  // More than the system’s socket buffers hold.
  const long = `apn_${'x'.repeat(100_000)}`
  for (let count = 0; count < 200; count += 1) await happen('ada', long)
  socket.resume()
  const received = await text(socket).catch(() => '')
  expect(received.length).toBeLessThan(200 * long.length)
})

test('a server that stops ends the stream', async () => {
  const { subscribe, server } = await createSocketGateway()
  const { socket } = await subscribe()
  const rest = text(socket)
  await server.close()
  expect(await rest).toBe('')
})

const NEXT = 'GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n'

test.each([
  ['another request immediately', NEXT, ''],
  ['another request later', '', NEXT],
  ['what is no request', '', '\0\r\n\r\n{}{}'],
])('a client that sends %s still receives events', async (_what, more, later) => {
  const { subscribe, happen } = await createSocketGateway()
  const { socket } = await subscribe({ more })
  let received = ''
  socket.on('data', (chunk) => (received += String(chunk)))
  socket.write(later)
  await happen('ada', 'apn_1')
  await happen('ada', 'apn_2')
  await expect.poll(() => received).toContain('apn_2')
  socket.destroy()
})

test('a subscription behind a request that is still running is answered', async () => {
  const { intercept, open, post, body, logged } = await createSocketGateway()
  const released = Promise.withResolvers<void>()
  intercept(async () => {
    await released.promise
    return undefined
  })
  const socket = open()
  socket.write(
    post(JSON.stringify({ query: '{ apps(search: "slack") { __typename } }' })) + post(body),
  )
  const answers = text(socket)
  await expect.poll(() => JSON.stringify(logged)).toContain('subscription connectionEvents')
  released.resolve()
  expect((await answers).match(/^HTTP\/1\.1 \d+/gm)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 503'])
})

test('a client that has nothing more to send is done', async () => {
  const { subscribe } = await createSocketGateway({ perUser: 1 })
  const { socket } = await subscribe()
  socket.end()
  await once(socket, 'close')
  expect(socket.destroyed).toBe(true)
})

test('a server that stops does not wait for a client that does not read', async () => {
  const { subscribe, happen, server, listener } = await createSocketGateway({
    pendingBytes: 100_000_000,
  })
  const { socket } = await subscribe()
  socket.pause()
  const long = `apn_${'x'.repeat(100_000)}`
  for (let count = 0; count < 100; count += 1) await happen('ada', long)
  server.drain()
  await expect(listener.close()).resolves.toBeUndefined()
  socket.destroy()
})
