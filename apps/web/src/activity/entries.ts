import type { ActivityEvent } from './activity-query.ts'

/** An event that users see. A connect token that a server asked for tells them nothing. */
export type ShownEvent = ActivityEvent & {
  type: Exclude<ActivityEvent['type'], 'CONNECT_TOKEN_CREATED'>
}

/** An entry of the page: an attempt to connect with all its steps, or an event of its own. */
export interface Entry {
  id: string
  /** The outcome, or else the latest step. */
  main: ShownEvent
  /** Oldest first. */
  steps: ShownEvent[]
}

const ENDINGS = new Set<ActivityEvent['type']>([
  'FLOW_SUCCEEDED',
  'FLOW_FAILED',
  'FLOW_CANCELLED',
  'FLOW_EXPIRED',
  'FLOW_REVOKED',
  'ACCOUNT_REMOVED',
])

// What became of an account whose flow had ended without a confirmation. The events of a confirmation have other reasons.
const LATER_OUTCOMES = new Set<string | null>(['not_finished', 'unknown_age', 'kept', 'released'])

/** Makes entries, newest first, of events, oldest first. */
export function toEntries(events: readonly ActivityEvent[]): Entry[] {
  const shown = events.filter(isShown)
  const byKey = Map.groupBy(shown, ({ id, flowId }) => flowId ?? `event-${id}`)
  return (
    [...byKey]
      // Its token was fetched early and not used.
      .filter(([, steps]) => !steps.some(({ reason }) => reason === 'not_opened'))
      .map(([id, steps]) => ({ id, main: mainOf(steps), steps }))
      .toReversed()
  )
}

function isShown(event: ActivityEvent): event is ShownEvent {
  return event.type !== 'CONNECT_TOKEN_CREATED'
}

function mainOf(steps: ShownEvent[]): ShownEvent {
  const main = steps.findLast(isOutcome) ?? steps.at(-1)
  if (!main) throw new RangeError('An entry needs an event.')
  return main
}

function isOutcome({ type, reason }: ShownEvent): boolean {
  if (type === 'ACCOUNT_HELD' || type === 'ACCOUNT_RELEASED') return LATER_OUTCOMES.has(reason)
  return ENDINGS.has(type)
}
