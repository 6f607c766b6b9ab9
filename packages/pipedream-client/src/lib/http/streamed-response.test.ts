import { getEventListeners } from 'node:events'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { deferred, stubPipedream } from '../../../test/stub-pipedream.ts'
import type { CallOptions } from '../../server.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const failure = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  )

function open(body: BodyInit | null, options?: CallOptions) {
  const stub = stubPipedream({ onCall: () => new Response(body) })
  const target = { url: '/a', externalUserId: 'ada', accountId: 'apn_1' }
  return { ...stub, response: stub.client.proxy.request(target, options) }
}

const chunk = (...bytes: number[]) => new Uint8Array(bytes)

/** A body that sends one chunk, and then what the test says. */
function slowBody() {
  const end = deferred()
  let isCancelled = false
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(chunk(1)),
    async pull(controller) {
      await end.promise
      controller.close()
    },
    cancel() {
      isCancelled = true
    },
  })
  return { body, end, isCancelled: () => isCancelled }
}

test('a body is read as text, bytes or JSON', async () => {
  expect(await (await open('{"é":1}').response).text()).toBe('{"é":1}')
  expect(await (await open('{"é":1}').response).json()).toEqual({ é: 1 })
  expect(await (await open(chunk(0, 255)).response).bytes()).toEqual(chunk(0, 255))
})

test('a body is read as a stream, chunk by chunk', async () => {
  const { body, end } = slowBody()
  const reader = (await open(body).response).body?.getReader()
  expect(await reader?.read()).toEqual({ done: false, value: chunk(1) })
  end.resolve()
  expect(await reader?.read()).toEqual({ done: true, value: undefined })
})

test('a response without a body has none', async () => {
  const response = await open(null).response
  expect(response.body).toBeNull()
  expect(await response.text()).toBe('')
})

test('a body that is not JSON is reported without quoting it', async () => {
  const error = await failure((await open('secret-1 {').response).json())
  expect(error).toMatchObject({ code: 'ERR_BAD_RESPONSE' })
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('secret-1')
})

test('a body can be read once; a second read throws', async () => {
  const response = await open('a').response
  await response.text()
  for (const again of [response.text(), response.bytes(), response.body?.getReader().read()]) {
    expect(await failure(Promise.resolve(again))).toMatchObject({ code: 'ERR_INVALID_INPUT' })
  }
})

test('accessing `body` does not read it', async () => {
  const response = await open('a').response
  expect(response.body).toBeInstanceOf(ReadableStream)
  expect(await response.text()).toBe('a')
})

describe.each([
  ['text', async (response) => response.text()],
  ['bytes', async (response) => response.bytes()],
  ['body', async (response) => new Response(response.body).text()],
] satisfies [
  string,
  (response: Awaited<ReturnType<typeof open>['response']>) => Promise<unknown>,
][])('reading by %s', (_, read) => {
  test('throws ERR_NETWORK when the body is interrupted', async () => {
    const torn = new ReadableStream({
      pull: (controller) => controller.error(new TypeError('terminated')),
    })
    const error = await failure(read(await open(torn).response))
    expect(error).toMatchObject({ code: 'ERR_NETWORK', cause: { message: 'terminated' } })
  })

  test('throws ERR_ABORTED when the caller’s signal is aborted, and aborts fetch', async () => {
    const controller = new AbortController()
    const { response, calls } = open(slowBody().body, { signal: controller.signal })
    const error = failure(read(await response))
    await vi.advanceTimersByTimeAsync(1)
    controller.abort(new Error('The page was closed.'))
    expect(await error).toMatchObject({
      code: 'ERR_ABORTED',
      cause: { message: 'The page was closed.' },
    })
    expect(calls[0]?.signal.aborted).toBe(true)
  })

  test('does not start after the signal was aborted', async () => {
    const controller = new AbortController()
    const response = await open('a', { signal: controller.signal }).response
    controller.abort()
    expect(await failure(read(response))).toMatchObject({ code: 'ERR_ABORTED' })
  })

  test('leaves neither a timer nor a listener behind', async () => {
    const { signal } = new AbortController()
    await read(await open('a', { signal }).response)
    expect(vi.getTimerCount()).toBe(0)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })
})

test('a response that is never read leaves neither a timer nor a listener behind', async () => {
  const { signal } = new AbortController()
  await open('a', { signal }).response
  expect(vi.getTimerCount()).toBe(0)
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
})

test.each(['text', 'bytes', 'json'] as const)('%s() is limited to timeoutMs', async (form) => {
  const { response, calls } = open(slowBody().body, { timeoutMs: 1000 })
  const error = failure((await response)[form]())
  await vi.advanceTimersByTimeAsync(1000)
  expect(await error).toMatchObject({ code: 'ERR_TIMEOUT', timeoutMs: 1000 })
  expect(calls[0]?.signal.aborted).toBe(true)
})

test('reading `body` has no time limit', async () => {
  const { body, end } = slowBody()
  const { response, calls } = open(body, { timeoutMs: 1000 })
  const text = new Response((await response).body).bytes()
  await vi.advanceTimersByTimeAsync(60_000)
  end.resolve()
  expect(await text).toEqual(chunk(1))
  expect(calls[0]?.signal.aborted).toBe(false)
})

test('cancelling a body, read or not, cancels its source', async () => {
  const untouched = slowBody()
  await (await open(untouched.body).response).body?.cancel()
  expect(untouched.isCancelled()).toBe(true)
  const started = slowBody()
  const reader = (await open(started.body).response).body?.getReader()
  await reader?.read()
  await reader?.cancel()
  expect(started.isCancelled()).toBe(true)
})
