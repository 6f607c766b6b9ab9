import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'
import { listen } from './listen.ts'

/** A port that was free just now. */
async function sparePort(): Promise<number> {
  const spare = await listen(0, 'loopback')
  await spare.close()
  return spare.port
}

async function serveAt(port: number) {
  const listener = await listen(port, 'loopback')
  onTestFinished(() => listener.close())
  const { server } = await createTestGateway()
  listener.serve(server)
  return listener
}

test('a port of one’s choice is served, and is free again after the end', async () => {
  const port = await sparePort()
  for (let start = 0; start < 2; start += 1) {
    const listener = await serveAt(port)
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => fetch(`http://127.0.0.1:${port}/health/live`)),
    )
    expect(answers.every(({ ok }) => ok)).toBe(true)
    await listener.close()
    await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow('fetch failed')
  }
})

test('two gateways cannot have the same port', async () => {
  const { port } = await serveAt(await sparePort())
  await expect(listen(port, 'loopback')).rejects.toThrow(`Port ${port} is in use`)
  await expect(listen(port, { host: '127.0.0.1' })).rejects.toThrow(`Port ${port} is in use`)
})

test('of gateways that start together on one port, one starts', async () => {
  for (let round = 0; round < 20; round += 1) {
    const port = await sparePort()
    const started = await Promise.allSettled([1, 2, 3].map(() => listen(port, 'loopback')))
    const listeners = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    await Promise.all(listeners.map((listener) => listener.close()))
    expect(listeners).toHaveLength(1)
  }
})

test.each(['127.0.0.1', '::1'])('a port of another program at %s is refused', async (host) => {
  const port = await sparePort()
  const other = createServer().listen(port, host)
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  await expect(listen(port, 'loopback')).rejects.toThrow(`Port ${port} is in use`)
  // What was bound before the refusal is free again.
  const free = await listen(port, { host: host === '::1' ? '127.0.0.1' : '::1' })
  await free.close()
})
