import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { accessToken, listOf, refuse, stubPipedream } from '../../../test/stub-pipedream.ts'
import { PipedreamAbortError, PipedreamTimeoutError } from '../../server.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const never = () => new Promise<Response>(() => {})
const failure = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  )

test.each([
  ['an API call', { onCall: never }],
  ['a token request', { onToken: never }],
])('%s without a response ends in time, although fetch ignores the signal', async (_, stub) => {
  const { client } = stubPipedream({ ...stub, timeoutMs: 1000 })
  const error = failure(client.accounts.list())
  await vi.advanceTimersByTimeAsync(1000)
  expect(await error).toBeInstanceOf(PipedreamTimeoutError)
  expect(await error).toMatchObject({ code: 'ERR_TIMEOUT', timeoutMs: 1000 })
})

test('the limit applies to the whole call, including retries', async () => {
  const { client, calls } = stubPipedream({ onCall: () => refuse(503), maxRetries: 10 })
  const error = failure(client.accounts.list({}, { timeoutMs: 2000 }))
  await vi.advanceTimersByTimeAsync(2000)
  // Does not wait for a retry that no longer fits: the last response explains more than a timeout.
  expect(await error).toMatchObject({ code: 'ERR_UPSTREAM' })
  expect(calls.length).toBeGreaterThan(1)
})

test('fetch is aborted', async () => {
  const { client, calls } = stubPipedream({ onCall: never })
  const error = failure(client.accounts.list({}, { timeoutMs: 10 }))
  await vi.advanceTimersByTimeAsync(10)
  await error
  expect(calls[0]?.signal.aborted).toBe(true)
})

test('a signal that is aborted already stops the call before anything is sent', async () => {
  const { client, tokenRequests } = stubPipedream()
  const reason = new Error('The page was closed.')
  const error = await failure(client.accounts.list({}, { signal: AbortSignal.abort(reason) }))
  expect(error).toBeInstanceOf(PipedreamAbortError)
  expect(error).toMatchObject({ code: 'ERR_ABORTED', cause: reason })
  expect(tokenRequests).toHaveLength(0)
})

test('a failed call is not sent afterwards', async () => {
  const { client, calls } = stubPipedream({
    onToken: async () => {
      await new Promise((resolve) => setTimeout(resolve, 80))
      return Response.json(accessToken('late'))
    },
  })
  const error = failure(client.accounts.delete('apn_1', { timeoutMs: 20 }))
  await vi.advanceTimersByTimeAsync(200)
  expect(await error).toMatchObject({ code: 'ERR_TIMEOUT' })
  expect(calls).toHaveLength(0)
})

test.each([
  ['while it waits for a response', never],
  ['while it waits to ask again', () => refuse(503, { 'retry-after': '5' })],
])('a call can be aborted %s', async (_, onCall) => {
  const { client, calls } = stubPipedream({ onCall })
  const controller = new AbortController()
  const error = failure(client.accounts.list({}, { signal: controller.signal }))
  await vi.waitUntil(() => calls.length === 1)
  await vi.advanceTimersByTimeAsync(100)
  controller.abort()
  expect(await error).toMatchObject({ code: 'ERR_ABORTED' })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(calls).toHaveLength(1)
})

test('a fetch that rejects because of the abort is reported as the abort', async () => {
  const { client, calls } = stubPipedream({
    onCall: ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new DOMException('Gone', 'AbortError')))
      }),
  })
  const controller = new AbortController()
  const error = failure(client.accounts.list({}, { signal: controller.signal }))
  await vi.waitUntil(() => calls.length === 1)
  controller.abort()
  expect(await error).toMatchObject({ code: 'ERR_ABORTED' })
})

test.each([
  ['succeeds', () => listOf([])],
  ['fails', () => refuse(404)],
])('neither a timer nor a listener stays when a call %s', async (_, onCall) => {
  const { client } = stubPipedream({ onCall })
  const { signal } = new AbortController()
  await failure(client.accounts.list({}, { signal }))
  expect(vi.getTimerCount()).toBe(0)
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
})

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])(
  'timeoutMs %s is rejected',
  async (timeoutMs) => {
    const { client } = stubPipedream()
    const error = await failure(client.accounts.list({}, { timeoutMs }))
    expect(error).toMatchObject({ code: 'ERR_INVALID_INPUT', input: 'timeoutMs' })
  },
)
