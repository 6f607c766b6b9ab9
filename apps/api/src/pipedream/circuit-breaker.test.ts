import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTestGateway, type TestGateway } from '../../test/fixtures/create-test-gateway.ts'

const DISCONNECT = `mutation { disconnectAccount(input: { accountId: "apn_none" }) { __typename
  ... on UpstreamError { retryable retryAfterMs } } }`

// The waits of retries are real; only the hour is ours.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const down = () => Response.json({ error: 'down' }, { status: 503 })

async function breakDown(gateway: TestGateway, answer: () => Response | Promise<Response> = down) {
  const asked: string[] = []
  const ada = await gateway.signIn('ada')
  // The access token is fetched once for all, so one call alone comes first.
  await ada.field(DISCONNECT)
  gateway.intercept(({ url }) => {
    asked.push(url)
    return answer()
  })
  // Each is tried three times.
  await Promise.all(Array.from({ length: 4 }, () => ada.field(DISCONNECT)))
  return { ada, asked }
}

test.each([
  ['5xx', down],
  ['broken connections', () => Promise.reject(new TypeError('fetch failed'))],
])(
  'after many %s nothing more is sent, and the error says when to come back',
  async (_, answer) => {
    const gateway = await createTestGateway()
    const { ada, asked } = await breakDown(gateway, answer)
    const before = asked.length
    const error = await ada.field(DISCONNECT)
    expect(asked).toHaveLength(before)
    expect(error).toMatchObject({ __typename: 'UpstreamError', retryable: true })
    expect(error.retryAfterMs).toBeGreaterThan(0)
    expect(error.retryAfterMs).toBeLessThanOrEqual(15_000)
    expect(gateway.breaker.state).toBe('open')
  },
)

test('after a while one request finds out that all is well again', async () => {
  const gateway = await createTestGateway()
  const { ada } = await breakDown(gateway)
  gateway.intercept(() => undefined)
  expect(await ada.field(DISCONNECT)).toMatchObject({ __typename: 'UpstreamError' })
  vi.setSystemTime(Date.now() + 15_000)
  expect(await ada.field(DISCONNECT)).toMatchObject({ __typename: 'AccountNotFound' })
  expect(gateway.breaker.state).toBe('closed')
})

test('one request at a time tries, and a failure closes the way for as long again', async () => {
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

test('what Pipedream refuses is no outage', async () => {
  const gateway = await createTestGateway()
  const { ada } = await breakDown(gateway, () => Response.json({ error: 'no' }, { status: 403 }))
  for (let time = 0; time < 10; time += 1) await ada.field(DISCONNECT)
  expect(gateway.breaker.state).toBe('closed')
})
