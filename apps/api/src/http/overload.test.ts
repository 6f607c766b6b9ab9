import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createTestGateway, testLimits } from '../../test/fixtures/create-test-gateway.ts'
import type { Server } from '../server.ts'
import { listen } from './listen.ts'

const HOME = 'http://localhost:3000'
const QUERY = '{ apps(search: "slack") { __typename } }'

/** A gateway that handles one request at a time, and is busy with one until `release` is called. */
async function busyGateway() {
  const gateway = await createTestGateway({ limits: { ...testLimits, inFlight: 1 } })
  const ada = await gateway.signIn('ada')
  const isBusy = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  gateway.intercept(async () => {
    isBusy.resolve()
    await released.promise
    return undefined
  })
  const ask = () => ada.post('/graphql', { query: QUERY })
  const first = ask()
  await isBusy.promise
  return { ...gateway, ask, first, release: released.resolve }
}

test('requests beyond what is handled at a time are told to try again', async () => {
  const { ask, first, release, complaints } = await busyGateway()
  const refused = await Promise.all([ask(), ask(), ask()])
  expect(refused.map(({ status }) => status)).toEqual([503, 503, 503])
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(complaints()).toHaveLength(1)
  release()
  expect((await first).status).toBe(200)
  expect((await ask()).status).toBe(200)
})

test('requests that arrive together are counted as they arrive', async () => {
  const { signIn, intercept } = await createTestGateway({ limits: { ...testLimits, inFlight: 1 } })
  const ada = await signIn('ada')
  const released = Promise.withResolvers<void>()
  intercept(async () => {
    await released.promise
    return undefined
  })
  const all = [1, 2, 3].map(() => ada.post('/graphql', { query: QUERY }))
  const [first] = await Promise.all([Promise.race(all), Promise.resolve()])
  expect(first.status).toBe(503)
  released.resolve()
  const statuses = (await Promise.all(all)).map(({ status }) => String(status))
  expect(statuses.toSorted()).toEqual(['200', '503', '503'])
})

test('health and metrics are answered meanwhile, and the metrics count what was refused', async () => {
  const { server, ask, release } = await busyGateway()
  await ask()
  const look = (path: string) => server.fetch(new Request(HOME + path))
  expect((await look('/health/live')).status).toBe(200)
  expect((await look('/health/ready')).status).toBe(200)
  expect(await (await look('/metrics')).text()).toMatch(/^gateway_requests_shed_total 1$/m)
  release()
})

test('a request whose body has not arrived takes no place', async () => {
  const gateway = await createTestGateway({ limits: { ...testLimits, inFlight: 1 } })
  const [isRead, body] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const slow = gateway.server.fetch(
    new Request(`${HOME}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new ReadableStream(
        {
          async pull(controller) {
            isRead.resolve()
            await body.promise
            controller.enqueue(
              new TextEncoder().encode(JSON.stringify({ query: '{ __typename }' })),
            )
            controller.close()
          },
        },
        { highWaterMark: 0 },
      ),
      // @ts-expect-error Streams need it, and the types do not know it.
      duplex: 'half',
    }),
  )
  await isRead.promise
  const quick = await gateway.browser().post('/graphql', { query: '{ __typename }' })
  expect(quick.status).toBe(200)
  body.resolve()
  expect((await slow).status).toBe(200)
})

/** Opens a connection to a gateway on a port. */
async function openSocket(server: Server) {
  const listener = await listen(0, 'loopback')
  onTestFinished(() => listener.close())
  listener.serve(server)
  const socket = connect(listener.port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  return socket
}

test('a refusal over a socket is like any other reply', async () => {
  const { server, release } = await busyGateway()
  const socket = await openSocket(server)
  socket.write(
    'POST /api/connect-token HTTP/1.1\r\nhost: localhost:3000\r\norigin: http://localhost:3000\r\ncontent-length: 0\r\n\r\n',
  )
  const reply = String((await once(socket, 'data'))[0])
  expect(reply).toMatch(/^HTTP\/1\.1 503 /)
  expect(reply).toContain('x-content-type-options: nosniff')
  expect(reply).toContain('access-control-allow-origin: http://localhost:3000')
  expect(reply).toMatch(/x-request-id: [\w-]{36}/)
  expect(reply).toContain('{"error":')
  release()
})

test('a connection is used again after a refusal', async () => {
  const { server, first, release } = await busyGateway()
  const socket = await openSocket(server)
  const body = JSON.stringify({ query: '{ __typename }' })
  const send = async () => {
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: localhost:3000\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    )
    return String((await once(socket, 'data'))[0])
  }
  expect(await send()).toMatch(/^HTTP\/1\.1 503 /)
  release()
  await first
  expect(await send()).toMatch(/^HTTP\/1\.1 200 /)
})
