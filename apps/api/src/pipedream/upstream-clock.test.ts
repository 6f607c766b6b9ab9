import { assert, asyncProperty, integer, record } from 'fast-check'
import { createPipedreamClient } from 'pipedream-client/server'
import { createEmulator } from 'pipedream-emulator'
import { expect, test } from 'vitest'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'
import { createLog } from '../observability/log.ts'
import { createMetrics } from '../observability/metrics.ts'
import { createUpstreamClock } from './upstream-clock.ts'

const START = Date.parse('2026-03-01T12:00:00.000Z')
const APPS = '/v1/connect/apps'

interface Times {
  /** How far the gateway's clock is ahead. */
  aheadMs?: number
  /** How long Pipedream takes for each response; half of it before it writes the response. */
  takesMs?: number
}

/** A gateway whose clock differs from Pipedream's. `call` makes it call Pipedream once. */
async function createSkewed() {
  const times = { aheadMs: 0, takesMs: 0 }
  let pipedreamMs = START
  const emulator = createEmulator({ now: () => new Date(pipedreamMs) })
  const logged: Record<string, unknown>[] = []
  const log = createLog({ write: (line) => void logged.push(JSON.parse(line)) })
  const metrics = createMetrics()
  const clock = createUpstreamClock(
    async (url, init) => {
      pipedreamMs += times.takesMs / 2
      const response = await emulator.fetch(new Request(url, init))
      pipedreamMs += times.takesMs / 2
      return response
    },
    { log, metrics, now: () => new Date(pipedreamMs + times.aheadMs) },
  )
  const pipedream = createPipedreamClient({
    ...emulator.credentials,
    projectEnvironment: 'development',
    fetch: clock.fetch,
    maxRetries: 0,
  })
  const gateway = await createTestGateway({
    pipedream,
    metrics,
    projectWarnings: () => clock.warnings(),
  })
  const ask = (path: string) => gateway.server.fetch(new Request(`http://localhost:3000${path}`))
  return {
    emulator,
    pipedream,
    /** The lines about the clock. */
    lines: () => logged.map(({ level, msg }) => `${String(level)}: ${String(msg)}`),
    call: async (next: Times = {}) => {
      Object.assign(times, next)
      pipedreamMs += 1000
      await pipedream.apps.list({ limit: 1 }).catch(() => undefined)
    },
    ready: async () => {
      const response = await ask('/health/ready')
      const { warnings } = await response.json()
      return { status: response.status, warnings }
    },
    gauge: async () => {
      const text = await (await ask('/metrics')).text()
      return /^gateway_upstream_clock_ahead_seconds (\S+)$/m.exec(text)?.[1]
    },
  }
}

test.each([
  [180_000, /(179|180) s ahead of Pipedream/, 180],
  [-180_000, /(179|180) s behind Pipedream/, -180],
])(
  'a clock that is %i ms ahead is a warning of a ready server, a log line and a metric',
  async (aheadMs, sentence, seconds) => {
    const { call, ready, lines, gauge } = await createSkewed()
    expect(await gauge()).toBeUndefined()
    await call({ aheadMs })
    await call()
    expect(await ready()).toEqual({
      status: 200,
      warnings: [{ check: 'clock', message: expect.stringMatching(sentence) }],
    })
    expect(lines()).toEqual([expect.stringMatching(sentence)])
    expect(Math.abs(Number(await gauge()) - seconds)).toBeLessThan(1)
  },
)

test('the warning ends when the clocks agree again, which is logged too', async () => {
  const { call, ready, lines, gauge } = await createSkewed()
  await call({ aheadMs: 90_000 })
  await call({ aheadMs: 0 })
  await call()
  expect(await ready()).toEqual({ status: 200, warnings: undefined })
  expect(lines()).toEqual([expect.stringMatching(/^warn: /), expect.stringMatching(/^info: /)])
  expect(await gauge()).toBe('0')
})

test('a difference that moves around the limit is logged once', async () => {
  const { call, lines } = await createSkewed()
  for (const aheadMs of [62_000, 59_500, 61_500, 58_000, 60_500]) await call({ aheadMs })
  expect(lines()).toHaveLength(1)
})

test('no slow response looks like a wrong clock, and a difference is never overstated', async () => {
  const times = record({
    aheadMs: integer({ min: -300_000, max: 300_000 }),
    takesMs: integer({ min: 0, max: 600_000 }),
  })
  const property = asyncProperty(times, async ({ aheadMs, takesMs }) => {
    const { call, ready, gauge } = await createSkewed()
    await call({ aheadMs, takesMs })
    const measuredMs = Math.round(Number(await gauge()) * 1000)
    expect(Math.abs(measuredMs)).toBeLessThanOrEqual(Math.abs(aheadMs))
    expect(measuredMs * aheadMs).toBeGreaterThanOrEqual(0)
    const { warnings = [] } = await ready()
    expect(warnings).toHaveLength(Math.abs(measuredMs) > 60_000 ? 1 : 0)
  })
  await assert(property, { numRuns: 30 })
})

test.each([
  ['without a date that HTTP allows', { date: 'yesterday' }, 400],
  ['with a number as its date', { date: '1' }, 400],
  ['from a cache', { date: new Date(0).toUTCString(), age: '60' }, 400],
  ['from a server in between', { date: new Date(0).toUTCString() }, 502],
])('a response %s says nothing about the clock', async (_, headers, status) => {
  const { emulator, call, ready, gauge } = await createSkewed()
  await call()
  const before = await gauge()
  emulator.faults.add({ kind: 'status', status, headers, path: APPS })
  await call()
  expect((await ready()).warnings).toBeUndefined()
  expect(await gauge()).toBe(before)
})

test('a provider whose clock is wrong says nothing about Pipedream’s', async () => {
  const { emulator, pipedream, ready } = await createSkewed()
  const [accountId = ''] = emulator.seed({
    accounts: [{ app: 'slack', externalUserId: 'ada' }],
  }).accountIds
  const headers = { date: new Date(0).toUTCString() }
  emulator.faults.add({ kind: 'status', status: 200, headers, path: '/v1/connect/*/proxy/*' })
  const response = await pipedream.proxy.request({
    externalUserId: 'ada',
    accountId,
    method: 'GET',
    url: 'https://slack.com/echo',
  })
  expect(response.status).toBe(200)
  expect((await ready()).warnings).toBeUndefined()
})
