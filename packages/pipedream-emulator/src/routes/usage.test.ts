import { expect, test } from 'vitest'
import { deploy } from '../../test/deploy.ts'
import { createHarness, newAccessToken } from '../../test/harness.ts'

const usage = (query: string) => `/v1/connect/usage?${query}`

test('no credits in an empty period', async () => {
  const { asServer } = await createHarness()
  expect(await asServer(usage('start_ts=1767225600&end_ts=1767312000'))).toMatchObject({
    status: 200,
    body: {
      data: [
        {
          credits_used: 0,
          action_run_credits_used: 0,
          proxy_credits_used: 0,
          source_emit_credits_used: 0,
          usage_start_ts: 1_767_225_600,
          usage_end_ts: 1_767_312_000,
        },
      ],
    },
  })
})

test('credits are counted by the minute, including the start and excluding the end', async () => {
  const now = new Date('2026-01-01T00:00:30.000Z')
  const harness = await createHarness({ now: () => now, fetch: async () => ({ status: 200 }) })
  const { asServer, emulator } = harness
  const { id } = (await deploy(harness)).body.data
  emulator.triggers.emit(id, { nothing: 'of note' })
  emulator.triggers.emit(id, { nothing: 'of note' })
  const minute = Date.parse('2026-01-01T00:00:00.000Z') / 1000
  const spent = async (start: number, end: number) => {
    const bearer = await newAccessToken(harness.call)
    const { body } = await asServer(usage(`start_ts=${start}&end_ts=${end}`), { bearer })
    return [body.data[0]?.credits_used, body.data[0]?.source_emit_credits_used]
  }
  expect(await spent(minute, minute + 60)).toEqual([2, 2])
  expect(await spent(minute - 60, minute)).toEqual([0, 0])
  expect(await spent(minute + 60, minute + 120)).toEqual([0, 0])
  emulator.clock.advance(60_000)
  emulator.triggers.emit(id, {})
  expect(await spent(minute, minute + 120)).toEqual([3, 3])
  emulator.reset()
  expect(await spent(minute, minute + 120)).toEqual([0, 0])
})

test.each([
  '',
  'start_ts=1767225600',
  'end_ts=1767312000',
  'start_ts=&end_ts=1767312000',
  'start_ts=2026-01-01&end_ts=2026-01-02',
  'start_ts=1767225600000&end_ts=1767312000000',
  'start_ts=-1&end_ts=1',
  'start_ts=1.5&end_ts=2',
  'start_ts=1e3&end_ts=2000',
  'start_ts=2&end_ts=1',
  'start_ts=1&end_ts=1',
])('"%s" is rejected', async (query) => {
  const { asServer } = await createHarness()
  expect(await asServer(usage(query))).toMatchObject({
    status: 400,
    body: { error: expect.any(String) },
  })
})
