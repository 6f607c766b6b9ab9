import { once } from 'node:events'
import { Readable } from 'node:stream'
import { array, assert, asyncProperty, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { createTestGateway, testLimits } from '../../test/fixtures/create-test-gateway.ts'
import { readBody } from './read-body.ts'
import { THIS_PROCESS } from './site.ts'

const streamOf = (source: UnderlyingDefaultSource<Uint8Array>, headers = {}) =>
  new Request('http://localhost:3000/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: new ReadableStream(source),
    // @ts-expect-error Streams need it, and the types do not know it.
    duplex: 'half',
  })

test('a body without a length is cut off where it becomes too large', async () => {
  const { server } = await createTestGateway()
  let sent = 0
  const endless = streamOf({
    pull(controller) {
      sent += 10_000
      controller.enqueue(new Uint8Array(10_000).fill(32))
    },
  })
  const response = await server.fetch(endless)
  expect(response.status).toBe(413)
  expect(sent).toBeLessThan(testLimits.body.bytes * 2)
})

test('a length that is too large or no number is refused without reading', async () => {
  const { server } = await createTestGateway()
  for (const [length, status] of [
    ['9999999', 413],
    ['-1', 400],
    ['1, 2', 400],
    ['0x10', 400],
  ] as const) {
    const unread = streamOf({}, { 'content-length': length })
    expect((await server.fetch(unread)).status).toBe(status)
  }
})

test('a body that does not come is not waited for', async () => {
  const { server } = await createTestGateway({
    limits: { ...testLimits, body: { bytes: 100, timeoutMs: 20 } },
  })
  const cancelled = Promise.withResolvers<void>()
  const stalled = streamOf({ cancel: () => cancelled.resolve() })
  expect((await server.fetch(stalled)).status).toBe(408)
  await cancelled.promise
})

test('a body that breaks off is the sender’s fault', async () => {
  const { server, complaints } = await createTestGateway()
  const broken = streamOf({ start: (controller) => controller.error(new Error('reset')) })
  expect((await server.fetch(broken)).status).toBe(400)
  expect(complaints()).toEqual([])
})

test('a body within the bound arrives as it was sent, in whatever pieces', async () => {
  await assert(
    asyncProperty(array(uint8Array({ maxLength: 50 }), { maxLength: 20 }), async (parts) => {
      const request = streamOf({
        start(controller) {
          for (const part of parts) controller.enqueue(part)
          controller.close()
        },
      })
      const read = await readBody(request, THIS_PROCESS, { bytes: 1000, timeoutMs: 1000 })
      expect(read).toBe(new TextDecoder().decode(Buffer.concat(parts)))
    }),
  )
})

test('a client that left before its body is read is not waited for', async () => {
  const incoming = new Readable({ read() {} })
  incoming.destroy()
  await once(incoming, 'close')
  const request = new Request('http://localhost:3000/graphql', {
    headers: { 'content-length': '5' },
  })
  const peer = { ...THIS_PROCESS, incoming }
  await expect(readBody(request, peer, { bytes: 10, timeoutMs: 1e9 })).rejects.toThrow('incomplete')
})
