import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FetchResponse } from '../../server.ts'
import { listOf, refuse, stubPipedream } from '../../../test/stub-pipedream.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const failure = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  )

type Step = () => FetchResponse

/** Responds to the calls in turn, repeating the last response, and records when each call arrived. */
function scripted(steps: [Step, ...Step[]], maxRetries?: number) {
  const times: number[] = []
  const stub = stubPipedream({
    maxRetries,
    onCall: () => {
      times.push(Date.now())
      const step = steps[Math.min(times.length, steps.length) - 1]
      return (step ?? steps[0])()
    },
  })
  const gaps = () => times.slice(1).map((time, index) => time - (times[index] ?? 0))
  return { ...stub, gaps }
}

const ok = () => listOf([])
const cut = (): Response => {
  throw new TypeError('fetch failed')
}
const torn = () =>
  new Response(
    new ReadableStream({
      pull: (controller) => controller.error(new TypeError('terminated')),
    }),
  )

describe('a temporary failure', () => {
  test.each([408, 429, 500, 502, 503, 504])('%i of a GET is retried', async (status) => {
    const { client, calls } = scripted([() => refuse(status), () => refuse(status), ok])
    const list = client.accounts.list()
    await vi.runAllTimersAsync()
    await expect(list).resolves.toMatchObject({ data: [] })
    expect(calls).toHaveLength(3)
  })

  test('is retried after a broken connection', async () => {
    const { client, calls } = scripted([cut, ok])
    const list = client.accounts.list()
    await vi.runAllTimersAsync()
    await list
    expect(calls).toHaveLength(2)
  })

  test('is retried after an interrupted body', async () => {
    const { client, calls } = scripted([torn, ok])
    const list = client.accounts.list()
    await vi.runAllTimersAsync()
    await list
    expect(calls).toHaveLength(2)
  })

  test.each([
    [undefined, 3],
    [0, 1],
    [5, 6],
  ])('with maxRetries %s is sent at most %i times', async (maxRetries, expected) => {
    const { client, calls } = scripted([() => refuse(503)], maxRetries)
    const error = failure(client.accounts.list())
    await vi.runAllTimersAsync()
    expect(await error).toMatchObject({ code: 'ERR_UPSTREAM', status: 503 })
    expect(calls).toHaveLength(expected)
  })

  test('is retried after growing delays, with jitter', async () => {
    vi.spyOn(Math, 'random').mockReturnValueOnce(0).mockReturnValue(1)
    const { client, gaps } = scripted([() => refuse(503)], 3)
    const list = client.accounts.list().catch(() => {})
    await vi.runAllTimersAsync()
    await list
    expect(gaps()).toEqual([125, 500, 1000])
  })
})

describe('requests that are never sent twice', () => {
  test.each([() => refuse(503), () => refuse(429, { 'retry-after': '0' }), cut])(
    'making a connect token (%#)',
    async (step) => {
      const { client, calls } = scripted([step])
      const create = client.connectTokens.create({ externalUserId: 'ada' })
      await expect(create).rejects.toMatchObject({ name: 'PipedreamError' })
      expect(calls).toHaveLength(1)
    },
  )

  test.each([400, 403, 404, 409, 422])('a GET with the response %i', async (status) => {
    const { client, calls } = scripted([() => refuse(status)])
    await expect(client.accounts.list()).rejects.toMatchObject({ status })
    expect(calls).toHaveLength(1)
  })

  test('a response that cannot be read', async () => {
    const { client, calls } = scripted([() => new Response('<html>')])
    await expect(client.accounts.list()).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' })
    expect(calls).toHaveLength(1)
  })
})

describe('Retry-After', () => {
  test.each([
    ['seconds', () => ({ 'retry-after': '7' })],
    ['a date', () => ({ 'retry-after': new Date(Date.now() + 7000).toUTCString() })],
    ['X-RateLimit-Reset', () => ({ 'x-ratelimit-reset': `${Date.now() / 1000 + 7}` })],
  ])('is respected when given as %s', async (_, headers) => {
    vi.setSystemTime('2026-01-01T00:00:00.000Z')
    vi.spyOn(Math, 'random').mockReturnValue(0)
    const { client, gaps } = scripted([() => refuse(429, headers()), ok])
    const list = client.accounts.list()
    await vi.runAllTimersAsync()
    await list
    expect(gaps()).toEqual([7000])
  })

  test('of zero retries immediately', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    const { client, gaps } = scripted([() => refuse(503, { 'retry-after': '0' }), ok])
    const list = client.accounts.list()
    await vi.runAllTimersAsync()
    await list
    expect(gaps()).toEqual([0])
  })

  test('beyond ten seconds fails the call immediately and is reported', async () => {
    const { client, calls } = scripted([() => refuse(429, { 'retry-after': '11' })])
    await expect(client.accounts.list()).rejects.toMatchObject({
      code: 'ERR_RATE_LIMITED',
      retryAfterMs: 11_000,
    })
    expect(calls).toHaveLength(1)
  })

  test('beyond the remaining time fails the call immediately', async () => {
    const { client } = scripted([() => refuse(429, { 'retry-after': '5' })])
    await expect(client.accounts.list({}, { timeoutMs: 4000 })).rejects.toMatchObject({
      code: 'ERR_RATE_LIMITED',
      retryAfterMs: 5000,
    })
  })

  test.each(['soon', '-5', '1e3', '99999999999999999999', 'Xyz, not a date GMT'])(
    'that is not readable (%s) is ignored',
    async (value) => {
      const { client, calls } = scripted([() => refuse(503, { 'retry-after': value }), ok])
      const list = client.accounts.list()
      await vi.runAllTimersAsync()
      await list
      expect(calls).toHaveLength(2)
    },
  )
})

describe('a deletion', () => {
  test.each([() => refuse(502), cut])(
    'whose answer was lost, and that then finds nothing, has worked (%#)',
    async (lost) => {
      const { client, calls } = scripted([lost, () => refuse(404)])
      const deletion = client.accounts.delete('apn_1')
      await vi.runAllTimersAsync()
      await expect(deletion).resolves.toBeUndefined()
      expect(calls).toHaveLength(2)
    },
  )

  test('that never reached the server and then returns 404 did not succeed', async () => {
    const { client } = scripted([() => refuse(429), () => refuse(404)])
    const error = failure(client.accounts.delete('apn_1'))
    await vi.runAllTimersAsync()
    expect(await error).toMatchObject({ code: 'ERR_NOT_FOUND' })
  })
})
