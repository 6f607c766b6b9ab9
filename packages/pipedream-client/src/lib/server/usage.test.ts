import { expect, test } from 'vitest'
import * as samples from '../../../test/samples.ts'
import { stubPipedream } from '../../../test/stub-pipedream.ts'

const respondingWith = (...data: unknown[]) =>
  stubPipedream({ onCall: () => Response.json({ data }) })
const span = { start: new Date('2026-01-01'), end: new Date('2026-01-02') }

test('get sends seconds, outside of any project, and reads periods', async () => {
  const { client, calls } = respondingWith(samples.usagePeriod)
  const periods = await client.usage.get(span)
  expect(calls).toMatchObject([
    { method: 'GET', path: '/v1/connect/usage?start_ts=1767225600&end_ts=1767312000' },
  ])
  expect(periods).toEqual([
    {
      start: span.start,
      end: span.end,
      creditsUsed: 42,
      actionRunCreditsUsed: 30,
      proxyCreditsUsed: 10,
      sourceEmitCreditsUsed: 2,
      raw: samples.usagePeriod,
    },
  ])
})

test('get never requests less than the given period', async () => {
  const { client, calls } = respondingWith()
  await client.usage.get({ start: new Date(1_767_225_600_001), end: new Date(1_767_225_600_002) })
  expect(calls[0]?.path).toBe('/v1/connect/usage?start_ts=1767225600&end_ts=1767225601')
})

test('get reads milliseconds and seconds, and optional keys as null', async () => {
  const { client } = respondingWith({ usage_start_ts: 1_767_225_600_000 }, {})
  await expect(client.usage.get(span)).resolves.toMatchObject([
    { start: span.start, end: null, creditsUsed: null },
    { start: null },
  ])
})

test.each([
  ['start', { start: new Date('never') }],
  ['start', { start: 1_767_225_600 }],
  ['end', { end: undefined }],
  ['end', { end: span.start }],
  ['end', { end: new Date(0) }],
])('get rejects an invalid %s before anything is sent', async (input, wrong) => {
  const { client, tokenRequests } = stubPipedream()
  await expect(client.usage.get({ ...span, ...wrong } as never)).rejects.toMatchObject({
    code: 'ERR_INVALID_INPUT',
    input,
  })
  expect(tokenRequests).toHaveLength(0)
})

test.each([
  ['usage_start_ts', '2026-01-01T00:00:00Z'],
  ['usage_start_ts', -1],
  ['usage_end_ts', 1e300],
  ['credits_used', '42'],
])('get rejects %s %o', async (key, value) => {
  const { client } = respondingWith({ ...samples.usagePeriod, [key]: value })
  await expect(client.usage.get(span)).rejects.toMatchObject({
    code: 'ERR_BAD_RESPONSE',
    message: expect.stringContaining(key),
  })
})
