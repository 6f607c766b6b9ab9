import { expect, test } from 'vitest'
import type { ActivityEvent } from './activity-query.ts'
import { toEntries } from './entries.ts'

function event(id: string, type: ActivityEvent['type'], flowId: string | null): ActivityEvent {
  return {
    id,
    type,
    count: 1,
    flowId,
    app: null,
    at: '2026-01-01T00:00:00Z',
    reason: null,
    supportCode: null,
  }
}

test('an attempt to connect is one entry, with its outcome as the title', () => {
  const entries = toEntries([
    event('1', 'FLOW_CREATED', 'flow-a'),
    event('2', 'ACCOUNT_DISCONNECTED', null),
    event('3', 'FLOW_SUCCEEDED', 'flow-a'),
    event('4', 'ACCOUNT_RELEASED', 'flow-a'),
    event('5', 'FLOW_CREATED', 'flow-b'),
    event('6', 'FLOW_OPENED', 'flow-b'),
  ])
  const seen = entries.map(({ main, steps }) => [main.id, steps.map(({ id }) => id)])
  expect(seen).toEqual([
    ['6', ['5', '6']],
    ['2', ['2']],
    ['3', ['1', '3', '4']],
  ])
})

test('an attempt whose page never opened is an entry, and a token that was not used is not', () => {
  const entries = toEntries([
    event('1', 'FLOW_CREATED', 'flow-a'),
    event('2', 'FLOW_CREATED', 'flow-b'),
    { ...event('3', 'FLOW_EXPIRED', 'flow-a'), reason: 'not_opened' },
    event('4', 'FLOW_EXPIRED', 'flow-b'),
  ])
  expect(entries.map(({ main }) => main.id)).toEqual(['4'])
})

test.each([
  [['1', 'FLOW_CANCELLED', null], ['2', 'ACCOUNT_HELD', 'not_finished'], '2'],
  [['1', 'ACCOUNT_HELD', 'not_finished'], ['2', 'ACCOUNT_RELEASED', 'kept'], '2'],
  [['1', 'FLOW_REVOKED', null], ['2', 'ACCOUNT_HELD', 'finished_elsewhere'], '1'],
  [['1', 'FLOW_REVOKED', null], ['2', 'ACCOUNT_RELEASED', 'released'], '2'],
  [['1', 'FLOW_EXPIRED', null], ['2', 'ACCOUNT_REMOVED', 'not_confirmed'], '2'],
  [['1', 'ACCOUNT_HELD', 'not_confirmed'], ['2', 'FLOW_SUCCEEDED', null], '2'],
] as const)('after %o and %o, the title is the event %s', (first, second, main) => {
  const steps = [first, second].map(([id, type, reason]) =>
    Object.assign(event(id, type, 'flow-a'), { reason }),
  )
  expect(toEntries(steps).map((entry) => entry.main.id)).toEqual([main])
})
