import type { Kysely, Selectable } from 'kysely'
import { currentRequest } from '../observability/log.ts'
import type { NewsBus, UserNews } from './engine.ts'
import type { Database } from './open-database.ts'
import type { EventsTable, EventType, StoredEventType, Tables, ViewerKind } from './tables.ts'

export type { EventType, ViewerKind } from './tables.ts'

/** An event in the permanent log. */
export interface Event {
  /** An integer as a string; later events have greater IDs. Also the cursor for the next page. */
  id: string
  type: EventType
  flowId: string | null
  accountId: string | null
  /** The user concerned; null if none. */
  externalUserId: string | null
  /** Slug of the app. */
  app: string | null
  /** Who did it; null: the gateway itself, or unknown. */
  viewerKind: ViewerKind | null
  /** The operator who acted on another user's accounts; null if none. */
  actorId: string | null
  /** A short code or sentence; never contains a secret. */
  reason: string | null
  /** The request that caused it. */
  requestId: string | null
  /** How often it happened: more than once if one event stands for many refusals. */
  count: number
  at: Date
}

/** An event to record; omitted fields are null. */
export type NewEvent = Pick<Event, 'type' | 'at'> & {
  [Key in Exclude<keyof Event, 'id' | 'type' | 'at'>]?: Event[Key] | undefined
}

export type EventOrder = 'oldest_first' | 'newest_first'

interface Page {
  /** The ID of the last event already read; default: start at the beginning. */
  after?: string | undefined
  limit: number
}

/** The append-only event log. */
export interface Events extends Pick<NewsBus, 'onNews'> {
  /** Records an event that changes no flow: a refusal, a disconnection or a health change. */
  record(event: Omit<NewEvent, 'at' | 'requestId'>): Promise<void>
  /** Records several such events in one commit. */
  recordAll(events: readonly Omit<NewEvent, 'at' | 'requestId'>[]): Promise<void>
  /** Lists a user's events; default: oldest first. After reading up to an ID, no smaller ID appears later. */
  listAfter(options: Page & { externalUserId: string; order?: EventOrder }): Promise<Event[]>
  /** Lists all users' events, oldest first, for operators. */
  listAllAfter(page: Page): Promise<Event[]>
  /** Whether there are more events than `count` after an ID: of a user, or of all users (null). */
  hasMoreThan(
    count: number,
    where: { externalUserId: string | null; after: string },
  ): Promise<boolean>
  /** Whether events after an ID, of whatever user, may have been deleted. */
  mayHaveDeletedAfter(after: string): Promise<boolean>
  listByFlow(flowId: string): Promise<Event[]>
  /** The ID of the newest event, or `'0'` if there are none: where to start for future events. */
  lastId(): Promise<string>
}

/** Whether an untrusted string has the form of an event ID. */
export function isEventId(value: string): boolean {
  return /^\d{1,15}$/.test(value)
}

export function createEvents(database: Database, now: () => Date): Events {
  const { tables } = database
  const pageOf = ({ after, limit, order = 'oldest_first' }: Page & { order?: EventOrder }) => {
    const { direction, isAfter } = ORDERS[order]
    const page = tables.selectFrom('events').selectAll().orderBy('id', direction).limit(limit)
    if (after === undefined) return page
    if (!isEventId(after)) throw new RangeError('`after` must be an event ID.')
    return page.where('id', isAfter, Number(after))
  }
  return {
    record(event) {
      const stamped = stamp(event, now())
      return database.commit(({ append }) => Promise.resolve(append(stamped)))
    },
    recordAll(all) {
      const stamped = all.map((event) => stamp(event, now()))
      return database.commit(async ({ append }) => {
        for (const event of stamped) append(event)
      })
    },
    async listAfter({ externalUserId, ...page }) {
      const rows = await pageOf(page).where('external_user_id', '=', externalUserId).execute()
      return rows.map(fromRow)
    },
    async listAllAfter(page) {
      return (await pageOf(page).execute()).map(fromRow)
    },
    async hasMoreThan(count, { externalUserId, after }) {
      const later = tables.selectFrom('events').select('id').where('id', '>', Number(after))
      const row = await (
        externalUserId === null ? later : later.where('external_user_id', '=', externalUserId)
      )
        .orderBy('id')
        .limit(1)
        .offset(count)
        .executeTakeFirst()
      return row !== undefined
    },
    mayHaveDeletedAfter: (after) => mayHaveDeletedAfter(tables, after),
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

async function mayHaveDeletedAfter(tables: Kysely<Tables>, after: string): Promise<boolean> {
  const oldest = await tables
    .selectFrom('events')
    .select('id')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return oldest !== undefined && Number(oldest.id) > Number(after) + 1
}

const ORDERS = {
  oldest_first: { direction: 'asc', isAfter: '>' },
  newest_first: { direction: 'desc', isAfter: '<' },
} as const satisfies Record<EventOrder, object>

/** Adds time and request ID to an event. Called before the commit, because one commit serves many requests. */
export function stamp(event: Omit<NewEvent, 'at' | 'requestId'>, at: Date): NewEvent {
  return { ...event, at, requestId: currentRequest()?.requestId }
}

/** Events that leave the user's accounts as they were. */
const LEAVES_ACCOUNTS: ReadonlySet<EventType> = new Set<EventType>([
  'flow_created',
  'flow_opened',
  'flow_refused',
  'confirmation_refused',
  'disconnection_refused',
  'connect_token_created',
  'access_token_created',
  'access_token_refused',
])

/** Which users the events concern. */
export function toNews(events: readonly Pick<NewEvent, 'type' | 'externalUserId'>[]): UserNews[] {
  const changes = new Map<string | null, boolean>()
  for (const { type, externalUserId = null } of events) {
    changes.set(externalUserId, changes.get(externalUserId) || !LEAVES_ACCOUNTS.has(type))
  }
  return Array.from(changes, ([externalUserId, changesAccounts]) => ({
    externalUserId,
    changesAccounts,
  }))
}

/** The type of an event in its database row. */
export function toStoredType(type: EventType): StoredEventType {
  return type === 'flow_revoked' ? 'flow_burned' : type
}

/** The event type of a database row. */
export function fromStoredType(type: StoredEventType): EventType {
  return type === 'flow_burned' ? 'flow_revoked' : type
}

/** The row of a new event. */
export function toRow(event: NewEvent): Omit<Selectable<EventsTable>, 'id'> {
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
    occurrences: event.count ?? null,
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
    count: row.occurrences ?? 1,
    at: new Date(row.at),
  }
}
