import type { OperatorContext, PersonContext } from '../context.ts'
import { InvalidInput } from '../errors.ts'
import { type Event, type EventOrder, isEventId } from '../store/events.ts'

interface EventList {
  nodes: Event[]
  /** Where to read on; null at the end. */
  nextCursor: string | null
}

/** A page of what happened to the viewer's own connections. */
export async function listOwnEvents(
  { limit, after, order }: { limit: number; after: string | undefined; order: EventOrder },
  { viewer: { externalUserId }, events }: PersonContext,
): Promise<EventList> {
  if (after !== undefined && !isEventId(after)) throw new InvalidInput('after', NO_EVENT)
  const found = await events.listAfter({ externalUserId, after, order, limit: limit + 1 })
  const nodes = found.slice(0, limit)
  return { nodes, nextCursor: found.length > limit ? (nodes.at(-1)?.id ?? null) : null }
}

/** Follows the viewer's own events from an event on; without one, from now on. */
export async function followOwnEvents(
  after: string | null | undefined,
  context: PersonContext,
): Promise<AsyncIterable<Event>> {
  const { externalUserId } = context.viewer
  return context.live.broker.subscribe({
    externalUserId,
    after: await whereToBegin(after, context),
  })
}

/** Follows everybody's events from an event on; without one, from now on. */
export async function followEverybodysEvents(
  after: string | null | undefined,
  context: OperatorContext,
): Promise<AsyncIterable<Event>> {
  const from = await whereToBegin(after, context)
  return context.live.broker.subscribe({ externalUserId: null, after: from })
}

async function whereToBegin(
  after: string | null | undefined,
  { events, live }: Pick<PersonContext, 'events' | 'live'>,
): Promise<string> {
  const lastId = await events.lastId()
  // The header is the later word: a reader that resumes repeats its first request.
  const from = live.lastEventId ?? after ?? lastId
  if (!isEventId(from) || Number(from) > Number(lastId)) throw new InvalidInput('after', NO_EVENT)
  return from
}

const NO_EVENT =
  '“after” is not the id of an event. Give the id of the last event that you have seen, or leave it out.'
