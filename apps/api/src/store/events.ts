import type { Kysely, Selectable } from 'kysely'
import { currentRequest } from '../observability/log.ts'
import type { Database, NewsBus } from './open-database.ts'
import type { EventsTable, EventType, StoredEventType, Tables, ViewerKind } from './tables.ts'

export type { EventType, ViewerKind } from './tables.ts'

/** Something that happened, and stays in the log for good. */
export interface Event {
  /** A whole number as a text; a later event has a greater one. Also the cursor to read on from. */
  id: string
  type: EventType
  flowId: string | null
  accountId: string | null
  /** Whose business it is; null when nobody in particular asked. */
  externalUserId: string | null
  /** Slug of the app. */
  app: string | null
  /** Who did it; null: the gateway by itself, or nobody that we know. */
  viewerKind: ViewerKind | null
  /** The operator who did it to somebody else's accounts; null: nobody did. */
  actorId: string | null
  /** A short code or sentence, never with a secret in it. */
  reason: string | null
  /** The request that caused it. */
  requestId: string | null
  at: Date
}

/** An event about to be recorded; what is left out is null. */
export type NewEvent = Pick<Event, 'type' | 'at'> & {
  [Key in Exclude<keyof Event, 'id' | 'type' | 'at'>]?: Event[Key] | undefined
}

export type EventOrder = 'oldest_first' | 'newest_first'

interface Page {
  /** The id of the last event already read; left out: from the beginning. */
  after?: string | undefined
  limit: number
}

/** The append-only log of what happened. */
export interface Events extends Pick<NewsBus, 'onNews'> {
  /** Records what changes no flow: a refusal, a disconnection, a change of health. */
  record(event: Omit<NewEvent, 'at' | 'requestId'>): Promise<void>
  /** A person's events; default: oldest first. Who has read up to an id never finds a smaller one later. */
  listAfter(options: Page & { externalUserId: string; order?: EventOrder }): Promise<Event[]>
  /** Everybody's events, oldest first: for operators. */
  listAllAfter(page: Page): Promise<Event[]>
  listByFlow(flowId: string): Promise<Event[]>
  /** The id of the newest event, `'0'` before the first one: where to begin for what is still to come. */
  lastId(): Promise<string>
}

/** Whether a text that came from outside can be an event's id. */
export function isEventId(text: string): boolean {
  return /^\d{1,15}$/.test(text)
}

export function createEvents(database: Database, now: () => Date): Events {
  const { tables } = database
  const pageOf = ({ after, limit, order = 'oldest_first' }: Page & { order?: EventOrder }) => {
    const { direction, isAfter } = ORDERS[order]
    const page = tables.selectFrom('events').selectAll().orderBy('id', direction).limit(limit)
    if (after === undefined) return page
    if (!isEventId(after)) throw new RangeError('`after` must be the id of an event.')
    return page.where('id', isAfter, Number(after))
  }
  return {
    record(event) {
      const stamped = stamp(event, now())
      return database.commit(({ append }) => Promise.resolve(append(stamped)))
    },
    async listAfter({ externalUserId, ...page }) {
      const rows = await pageOf(page).where('external_user_id', '=', externalUserId).execute()
      return rows.map(fromRow)
    },
    async listAllAfter(page) {
      return (await pageOf(page).execute()).map(fromRow)
    },
    async listByFlow(flowId) {
      const rows = await tables
        .selectFrom('events')
        .selectAll()
        .where('flow_id', '=', flowId)
        .orderBy('id')
        .execute()
      return rows.map(fromRow)
    },
    async lastId() {
      const row = await tables
        .selectFrom('events')
        .select('id')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst()
      return String(row?.id ?? 0)
    },
    onNews: database.onNews,
  }
}

const ORDERS = {
  oldest_first: { direction: 'asc', isAfter: '>' },
  newest_first: { direction: 'desc', isAfter: '<' },
} as const satisfies Record<EventOrder, object>

/** The event with its time and request, taken when it is asked for: a shared commit runs on behalf of many requests. */
export function stamp(event: Omit<NewEvent, 'at' | 'requestId'>, at: Date): NewEvent {
  return { ...event, at, requestId: currentRequest()?.requestId }
}

/** The type of an event as its row holds it. */
export function toStoredType(type: EventType): StoredEventType {
  return type === 'flow_revoked' ? 'flow_burned' : type
}

/** The type of an event that a row holds. */
export function fromStoredType(type: StoredEventType): EventType {
  return type === 'flow_burned' ? 'flow_revoked' : type
}

/** Adds events to the log in the order given. */
export async function insertEvents(tables: Kysely<Tables>, events: NewEvent[]): Promise<void> {
  if (events.length === 0) return
  await tables.insertInto('events').values(events.map(toRow)).execute()
}

function toRow(event: NewEvent): Omit<Selectable<EventsTable>, 'id'> {
  return {
    type: toStoredType(event.type),
    flow_id: event.flowId ?? null,
    account_id: event.accountId ?? null,
    external_user_id: event.externalUserId ?? null,
    app: event.app ?? null,
    viewer_kind: event.viewerKind ?? null,
    actor_id: event.actorId ?? null,
    reason: event.reason ?? null,
    request_id: event.requestId ?? null,
    at: event.at.toISOString(),
  }
}

export function fromRow(row: Selectable<EventsTable>): Event {
  return {
    id: String(row.id),
    type: fromStoredType(row.type),
    flowId: row.flow_id,
    accountId: row.account_id,
    externalUserId: row.external_user_id,
    app: row.app,
    viewerKind: row.viewer_kind,
    actorId: row.actor_id,
    reason: row.reason,
    requestId: row.request_id,
    at: new Date(row.at),
  }
}
