import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTestGateway, type TestGateway } from '../../test/fixtures/create-test-gateway.ts'

const DISCONNECT = `mutation { disconnectAccount(input: { accountId: "apn_none" }) { __typename
  ... on UpstreamError { retryable retryAfterMs } } }`

// The retry delays are real; only the hour is faked.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const down = () => Response.json({ error: 'down' }, { status: 503 })

async function breakDown(gateway: TestGateway, respond: () => Response | Promise<Response> = down) {
  const asked: string[] = []
  const ada = await gateway.signIn('ada')
  // The access token is fetched once, so the first call runs alone.
  await ada.field(DISCONNECT)
  gateway.intercept(({ url }) => {
    asked.push(url)
    return respond()
  })
  // The client sends each three times.
  await Promise.all(Array.from({ length: 4 }, () => ada.field(DISCONNECT)))
  return { ada, asked }
}

test.each([
  ['5xx', down],
  ['broken connections', () => Promise.reject(new TypeError('fetch failed'))],
])(
  'after many %s nothing is sent, and the error contains the time of the next attempt',
  async (_, respond) => {
    const gateway = await createTestGateway()
    const { ada, asked } = await breakDown(gateway, respond)
    const before = asked.length
    const error = await ada.field(DISCONNECT)
    expect(asked).toHaveLength(before)
    expect(error).toMatchObject({ __typename: 'UpstreamError', retryable: true })
    expect(error.retryAfterMs).toBeGreaterThan(0)
    expect(error.retryAfterMs).toBeLessThanOrEqual(15_000)
    expect(gateway.breaker.state).toBe('open')
  },
)

test('after a while one request detects that Pipedream works again', async () => {
  const gateway = await createTestGateway()
  const { ada } = await breakDown(gateway)
  gateway.intercept(() => undefined)
  expect(await ada.field(DISCONNECT)).toMatchObject({ __typename: 'UpstreamError' })
  vi.setSystemTime(Date.now() + 15_000)
  expect(await ada.field(DISCONNECT)).toMatchObject({ __typename: 'AccountNotFound' })
  expect(gateway.breaker.state).toBe('closed')
})

test('only one request at a time tries, and a failure opens the circuit for as long again', async () => {
  const gateway = await createTestGateway()
  const { ada, asked } = await breakDown(gateway)
  const before = asked.length
  const probe = Promise.withResolvers<Response>()
  const isSent = Promise.withResolvers<void>()
  gateway.intercept(({ url }) => {
    asked.push(url)
    isSent.resolve()
    return probe.promise
  })
  vi.setSystemTime(Date.now() + 15_000)
  const first = ada.field(DISCONNECT)
  await isSent.promise
  expect(gateway.breaker.state).toBe('half-open')
  expect(await ada.field(DISCONNECT)).toMatchObject({ __typename: 'UpstreamError' })
  probe.resolve(down())
  expect(await first).toMatchObject({ __typename: 'UpstreamError' })
  expect(asked).toHaveLength(before + 1)
  expect(gateway.breaker.state).toBe('open')
})

test('a request that Pipedream refuses does not count as an outage', async () => {
  const gateway = await createTestGateway()
  const { ada } = await breakDown(gateway, () => Response.json({ error: 'no' }, { status: 403 }))
  for (let time = 0; time < 10; time += 1) await ada.field(DISCONNECT)
  expect(gateway.breaker.state).toBe('closed')
})
