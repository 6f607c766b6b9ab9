import { expect, test } from 'vitest'
import { createMetrics } from './metrics.ts'

const operation = 'GET /v1/connect/:id/accounts'

async function readAfter(calls: { status?: number | undefined; seconds: number }[]) {
  const metrics = createMetrics()
  for (const { status = 200, seconds } of calls) {
    metrics.upstreamCallCompleted({ operation, status, seconds })
  }
  return (await metrics.readLatencies())[0]
}

test('an estimate is within its histogram bucket', async () => {
  const calls = Array.from({ length: 100 }, (_, index) => ({ seconds: index < 95 ? 0.06 : 0.8 }))
  const latency = await readAfter(calls)
  expect(latency).toMatchObject({ operation, count: 100, failed: 0 })
  expect(latency?.p50Ms).toBeGreaterThan(50)
  expect(latency?.p50Ms).toBeLessThanOrEqual(100)
  expect(latency?.p90Ms).toBeLessThanOrEqual(100)
  expect(latency?.p99Ms).toBeGreaterThan(500)
  expect(latency?.p99Ms).toBeLessThanOrEqual(1000)
})

test('above the last bound the estimate is null', async () => {
  expect(await readAfter([{ seconds: 30 }])).toMatchObject({ p50Ms: null, p99Ms: null })
})

test('all statuses belong to one operation, and failures are counted', async () => {
  const metrics = createMetrics()
  for (const status of [200, 404, 408, 429, 500, 503, undefined]) {
    metrics.upstreamCallCompleted({ operation, status, seconds: 0.01 })
  }
  metrics.upstreamCallCompleted({
    operation: 'GET /v1/connect/:id/apps',
    status: 200,
    seconds: 0.01,
  })
  expect(await metrics.readLatencies()).toMatchObject([
    { operation, count: 7, failed: 5 },
    { operation: 'GET /v1/connect/:id/apps', count: 1, failed: 0 },
  ])
})

test('before the first call the list is empty', async () => {
  expect(await createMetrics().readLatencies()).toEqual([])
})
