import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  accessToken,
  deferred,
  listOf,
  refuse,
  stubPipedream,
} from '../../../test/stub-pipedream.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const empty = () => listOf([])
const only = (good: string) => (request: { accessToken: string | undefined }) =>
  request.accessToken === good ? empty() : refuse(401)
const times = <T>(count: number, work: () => Promise<T>) =>
  Promise.all(Array.from({ length: count }, work))

describe('one access token for all callers', () => {
  test('a hundred concurrent first calls make one token request', async () => {
    const { client, calls, tokenRequests } = stubPipedream({ onCall: empty })
    await times(100, () => client.accounts.list())
    expect(calls).toHaveLength(100)
    expect(tokenRequests).toHaveLength(1)
  })

  test('it is requested with the scope of the options', async () => {
    const { client, tokenRequests } = stubPipedream({ onCall: empty, scope: 'connect:*' })
    await client.accounts.list()
    expect(tokenRequests[0]?.body).toMatchObject({ scope: 'connect:*' })
  })

  test('it is cached until two minutes before it expires', async () => {
    const { client, calls, tokenRequests } = stubPipedream({ onCall: empty })
    await client.accounts.list()
    vi.advanceTimersByTime(3_479_000)
    await client.accounts.list()
    expect(tokenRequests).toHaveLength(1)
    vi.advanceTimersByTime(2_000)
    await client.accounts.list()
    expect(tokenRequests).toHaveLength(2)
    expect(calls.map((call) => call.accessToken)).toEqual(['access-1', 'access-1', 'access-2'])
  })

  test('a short-lived one is cached for half its lifetime', async () => {
    const { client, tokenRequests } = stubPipedream({
      onCall: empty,
      onToken: () => Response.json(accessToken('short', 60)),
    })
    await client.accounts.list()
    vi.advanceTimersByTime(29_000)
    await client.accounts.list()
    expect(tokenRequests).toHaveLength(1)
    vi.advanceTimersByTime(1_000)
    await client.accounts.list()
    expect(tokenRequests).toHaveLength(2)
  })

  test('one that expires immediately still serves the call that fetched it', async () => {
    const { client, tokenRequests } = stubPipedream({
      onCall: empty,
      onToken: () => Response.json(accessToken('fleeting', 0)),
    })
    await client.accounts.list()
    await client.accounts.list()
    expect(tokenRequests).toHaveLength(2)
  })

  test('at the boundary 64 concurrent calls make one token request and none fails', async () => {
    const { client, calls, tokenRequests } = stubPipedream({ onCall: empty })
    await client.accounts.list()
    vi.advanceTimersByTime(3_480_000)
    await times(64, () => client.accounts.list())
    expect(tokenRequests).toHaveLength(2)
    expect(calls.slice(1).every((call) => call.accessToken === 'access-2')).toBe(true)
  })
})

describe('a token request that fails', () => {
  test('before the expiry costs no caller a token that is still valid', async () => {
    const { client, calls } = stubPipedream({
      onCall: empty,
      maxRetries: 0,
      onToken: (_, index) => (index === 1 ? Response.json(accessToken('first')) : refuse(503)),
    })
    await client.accounts.list()
    vi.advanceTimersByTime(3_500_000)
    await expect(client.accounts.list()).resolves.toMatchObject({ data: [] })
    expect(calls).toHaveLength(2)
    vi.advanceTimersByTime(100_000)
    await expect(client.accounts.list()).rejects.toMatchObject({ code: 'ERR_UPSTREAM' })
  })

  test('fails all waiting calls, and is not cached', async () => {
    const { client, tokenRequests } = stubPipedream({
      onCall: empty,
      maxRetries: 0,
      onToken: (_, index) => (index === 1 ? refuse(500) : Response.json(accessToken('second'))),
    })
    const outcomes = await Promise.allSettled([client.accounts.list(), client.accounts.list()])
    expect(outcomes).toMatchObject([
      { reason: { code: 'ERR_UPSTREAM' } },
      { reason: { code: 'ERR_UPSTREAM' } },
    ])
    expect(tokenRequests).toHaveLength(1)
    await expect(client.accounts.list()).resolves.toMatchObject({ data: [] })
  })

  test('is retried after a temporary failure, although it is a POST', async () => {
    const { client, tokenRequests } = stubPipedream({
      onCall: empty,
      onToken: (_, index) => (index < 3 ? refuse(503) : Response.json(accessToken('third'))),
    })
    const list = client.accounts.list()
    await vi.advanceTimersByTimeAsync(10_000)
    await expect(list).resolves.toMatchObject({ data: [] })
    expect(tokenRequests).toHaveLength(3)
  })

  test.each([
    ['401', () => refuse(401)],
    ['400 invalid_client', () => Response.json({ error: 'invalid_client' }, { status: 400 })],
  ])('names the two options to check for the response %s', async (_, onToken) => {
    const { client, tokenRequests } = stubPipedream({ onToken })
    const error = await client.accounts.list().catch((error: unknown) => error)
    expect(error).toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringMatching(/clientId.*clientSecret/),
    })
    expect(tokenRequests).toHaveLength(1)
  })

  test.each([
    ['no token', { token_type: 'Bearer', expires_in: 60 }],
    ['a token with a line break', accessToken('a\r\nx-injected: 1')],
    ['a kind of token that it cannot use', { ...accessToken('a'), token_type: 'mac' }],
    ['a lifetime in words', { ...accessToken('a'), expires_in: 'an hour' }],
    ['no lifetime', { access_token: 'a', token_type: 'Bearer' }],
    ['a lifetime beyond all calendars', accessToken('a', 1e300)],
  ])('rejects a response with %s', async (_, response) => {
    const { client } = stubPipedream({ onToken: () => Response.json(response) })
    await expect(client.accounts.list()).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' })
  })
})

describe('a token that is rejected', () => {
  test('is dropped, and the call is sent once again', async () => {
    const { client, calls } = stubPipedream({ onCall: only('access-2') })
    await client.accounts.list()
    await client.accounts.list()
    expect(calls.map((call) => call.accessToken)).toEqual(['access-1', 'access-2', 'access-2'])
  })

  test('is replaced for a POST too, because a rejected call had no effect', async () => {
    const { client, calls } = stubPipedream({
      onCall: ({ accessToken }) =>
        accessToken === 'access-1'
          ? refuse(401)
          : Response.json({
              token: 'ctok_1',
              expires_at: '2026-01-01T00:00:00Z',
              connect_link_url: 'https://pipedream.com/',
            }),
    })
    await client.connectTokens.create({ externalUserId: 'ada' })
    expect(calls).toHaveLength(2)
  })

  test('throws when the new one is rejected as well', async () => {
    const { client, calls, tokenRequests } = stubPipedream({ onCall: () => refuse(401) })
    await expect(client.accounts.list()).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      status: 401,
    })
    expect(calls).toHaveLength(2)
    expect(tokenRequests).toHaveLength(2)
  })

  test('is replaced once for many concurrent calls', async () => {
    const { client, tokenRequests } = stubPipedream({ onCall: only('access-2') })
    await times(20, () => client.accounts.list())
    expect(tokenRequests).toHaveLength(2)
  })

  test('late does not drop the newer one', async () => {
    const late = deferred<Response>()
    const { client, calls, tokenRequests } = stubPipedream({
      onCall: (request) => (calls.length === 1 ? late.promise : only('access-2')(request)),
    })
    const slow = client.accounts.list()
    await vi.waitUntil(() => calls.length === 1)
    await client.accounts.list()
    expect(tokenRequests).toHaveLength(2)
    late.resolve(refuse(401))
    await slow
    expect(tokenRequests).toHaveLength(2)
    expect(calls.at(-1)?.accessToken).toBe('access-2')
  })
})

test('a caller that gives up does not affect the others', async () => {
  const token = deferred<Response>()
  const { client, tokenRequests } = stubPipedream({ onCall: empty, onToken: () => token.promise })
  const impatient = new AbortController()
  const givesUp = client.accounts.list({}, { signal: impatient.signal })
  const hurries = client.accounts.list({}, { timeoutMs: 5 })
  const waits = client.accounts.list()
  await vi.waitUntil(() => tokenRequests.length === 1)
  impatient.abort()
  await expect(givesUp).rejects.toMatchObject({ code: 'ERR_ABORTED' })
  vi.advanceTimersByTime(5)
  await expect(hurries).rejects.toMatchObject({ code: 'ERR_TIMEOUT' })
  expect(tokenRequests[0]?.signal.aborted).toBe(false)
  token.resolve(Response.json(accessToken('for-all')))
  await expect(waits).resolves.toMatchObject({ data: [] })
  expect(tokenRequests).toHaveLength(1)
})
