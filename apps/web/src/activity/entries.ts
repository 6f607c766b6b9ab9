import type { ActivityEvent } from './activity-query.ts'

/** One thing that happened, as a person sees it: an attempt to connect is one, whatever it went through. */
export interface Entry {
  id: string
  /** What it came to. */
  main: ActivityEvent
  /** What it went through, oldest first. */
  steps: ActivityEvent[]
}

const ENDINGS = new Set<ActivityEvent['type']>([
  'FLOW_SUCCEEDED',
  'FLOW_FAILED',
  'FLOW_CANCELLED',
  'FLOW_EXPIRED',
  'FLOW_REVOKED',
])

// A connect token may be made ahead, when somebody seems to be about to use it.
const MADE_AHEAD = new Set<ActivityEvent['type']>(['FLOW_CREATED', 'FLOW_EXPIRED'])

/**
 * Makes entries of events that come oldest first; what began last is the first one. What nobody ever began is none.
 */
export function toEntries(events: readonly ActivityEvent[]): Entry[] {
  const byKey = Map.groupBy(events, ({ id, flowId }) => flowId ?? `event-${id}`)
  return [...byKey]
    .filter(([, steps]) => steps.some(({ type }) => !MADE_AHEAD.has(type)))
    .map(([id, steps]) => ({ id, main: mainOf(steps), steps }))
    .toReversed()
}

function mainOf(steps: ActivityEvent[]): ActivityEvent {
  const main = steps.findLast(({ type }) => ENDINGS.has(type)) ?? steps.at(-1)
  if (!main) throw new RangeError('An entry needs an event.')
  return main
}
