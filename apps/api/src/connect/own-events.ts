import type { OperatorContext, PersonContext } from '../context.ts'
import { EventsSkipped, InvalidInput } from '../errors.ts'
import { type Event, type EventOrder, isEventId } from '../store/events.ts'

interface EventList {
  nodes: Event[]
  /** Where to continue; null at the end. */
  nextCursor: string | null
}

/** Lists one page of the events of the viewer's own connections. */
export async function listOwnEvents(
  { limit, after, order }: { limit: number; after: string | undefined; order: EventOrder },
  { viewer: { externalUserId }, events }: PersonContext,
): Promise<EventList> {
  if (after !== undefined && !isEventId(after)) throw new InvalidInput('after', NO_EVENT)
  const found = await events.listAfter({ externalUserId, after, order, limit: limit + 1 })
  const nodes = found.slice(0, limit)
  return { nodes, nextCursor: found.length > limit ? (nodes.at(-1)?.id ?? null) : null }
}

/** Subscribes to the viewer's own events, starting after an event; without one, from now on. Throws `EventsSkipped`. */
export async function followOwnEvents(
  after: string | null | undefined,
  context: PersonContext,
): Promise<AsyncIterable<Event>> {
  return follow(after, context.viewer.externalUserId, context)
}

/** Subscribes to all users' events, starting after an event; without one, from now on. Throws `EventsSkipped`. */
export async function followAllEvents(
  after: string | null | undefined,
  context: OperatorContext,
): Promise<AsyncIterable<Event>> {
  return follow(after, null, context)
}

// More would take longer than reading the lists again.
const MISSED_MAX = 1000

async function follow(
  given: string | null | undefined,
  externalUserId: string | null,
  { events, live }: Pick<PersonContext, 'events' | 'live'>,
): Promise<AsyncIterable<Event>> {
  const lastId = await events.lastId()
  // The header wins, because a client that resumes repeats its first request.
  const after = live.lastEventId ?? given ?? lastId
  if (!isEventId(after) || Number(after) > Number(lastId)) throw new InvalidInput('after', NO_EVENT)
  const isTooOld =
    (await events.mayHaveDeletedAfter(after)) ||
    (await events.hasMoreThan(MISSED_MAX, { externalUserId, after }))
  if (isTooOld) {
    throw new EventsSkipped(lastId)
  }
  return live.broker.subscribe({ externalUserId, after })
}

const NO_EVENT =
  '“after” is not an event ID. Use the ID of the last event that you received, or leave it out.'
