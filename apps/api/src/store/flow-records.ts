import { type ExpressionBuilder, sql, type SqlBool } from 'kysely'
import { readSupportCode } from '../observability/support-code.ts'
import { type Event, fromRow as eventFromRow, toStoredType } from './events.ts'
import { fromRow } from './flow-rows.ts'
import type { Flow } from './flows.ts'
import type { Database } from './open-database.ts'
import type { EventType, FlowStatus, Tables } from './tables.ts'

/** A flow with its events, oldest first; only the first events of each type. */
export interface FlowRecord {
  flow: Flow
  events: Event[]
}

interface FlowQuery {
  /** A support code, or a complete user ID or app slug. */
  search?: string | undefined
  status?: FlowStatus | undefined
  app?: string | undefined
  externalUserId?: string | undefined
  /** Start after this flow. */
  after?: Flow | undefined
  limit: number
}

interface EventQuery {
  /** A support code, or a complete user ID or app slug. */
  search?: string | undefined
  types?: readonly EventType[] | undefined
  /** Start after the event with this ID. */
  after?: string | undefined
  limit: number
}

/** All users' flows and events, newest first, for operators. */
export interface FlowRecords {
  listFlows(query: FlowQuery): Promise<FlowRecord[]>
  listEvents(query: EventQuery): Promise<Event[]>
}

// A client that retries a confirmation a thousand times causes a thousand refusals, which must not hide other events.
const EVENTS_OF_A_TYPE = 20

export function createFlowRecords({ tables }: Pick<Database, 'tables'>): FlowRecords {
  async function listEventsOf(flowIds: readonly string[]): Promise<Map<string, Event[]>> {
    if (flowIds.length === 0) return new Map()
    const numbered = tables
      .selectFrom('events')
      .selectAll()
      .select(sql<number>`row_number() over (partition by flow_id, type order by id)`.as('place'))
      .where('flow_id', 'in', flowIds)
    const rows = await tables
      .selectFrom(numbered.as('numbered'))
      .selectAll()
      .where('place', '<=', EVENTS_OF_A_TYPE)
      .orderBy('id')
      .execute()
    return Map.groupBy(rows.map(eventFromRow), ({ flowId }) => flowId ?? '')
  }

  return {
    async listFlows({ search, status, app, externalUserId, after, limit }) {
      let query = tables.selectFrom(selectFlows(tables, search).as('flows')).selectAll()
      if (status !== undefined) query = query.where('status', '=', status)
      if (app !== undefined) query = query.where('app', '=', app)
      if (externalUserId !== undefined) query = query.where('external_user_id', '=', externalUserId)
      if (after !== undefined) query = query.where((where) => isOlderFlow(where, after))
      const rows = await query
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      const flows = rows.map(fromRow)
      const events = await listEventsOf(flows.map(({ id }) => id))
      return flows.map((flow) => ({ flow, events: events.get(flow.id) ?? [] }))
    },
    async listEvents({ search, types, after, limit }) {
      const pages = selectEvents(tables, search).map((events) => {
        let page = events
        if (types !== undefined) page = page.where('type', 'in', types.map(toStoredType))
        if (after !== undefined) page = page.where('id', '<', Number(after))
        const newest = page.orderBy('id', 'desc').limit(limit)
        return tables.selectFrom(newest.as('page')).selectAll()
      })
      const query = tables
        .selectFrom(pages.reduce((all, page) => all.union(page)).as('events'))
        .selectAll()
      return (await query.orderBy('id', 'desc').limit(limit).execute()).map(eventFromRow)
    },
  }
}

// The same expressions as in the indexes.
const CODE_OF_FLOW = sql<string>`substr(id, 1, 8)`
const CODE_OF_REQUEST = sql<string>`substr(request_id, 1, 8)`

// A union, because with `or` and a sub-query PostgreSQL would scan the whole table.
function selectFlows(tables: Database['tables'], search: string | undefined) {
  const flows = tables.selectFrom('flows').selectAll()
  if (search === undefined) return flows
  const named = flows.where((where) =>
    where.or([where('external_user_id', '=', search), where('app', '=', search)]),
  )
  const code = readSupportCode(search)
  if (code === undefined) return named
  const ofRequest = tables.selectFrom('events').select('flow_id').where(CODE_OF_REQUEST, '=', code)
  return named
    .union(flows.where(CODE_OF_FLOW, '=', code))
    .union(flows.where('id', 'in', ofRequest.$castTo<{ flow_id: string }>()))
}

function isOlderFlow(where: ExpressionBuilder<Tables, 'flows'>, { id, createdAt }: Flow) {
  return where(
    where.refTuple('created_at', 'id'),
    '<',
    where.tuple(createdAt.toISOString(), id),
  ).$castTo<SqlBool>()
}

// One query per index, because with `or` PostgreSQL would scan the whole table from the newest row.
function selectEvents(tables: Database['tables'], search: string | undefined) {
  const events = tables.selectFrom('events').selectAll()
  if (search === undefined) return [events]
  const named = [
    events.where('external_user_id', '=', search),
    events.where('actor_id', '=', search),
    events.where('app', '=', search),
  ]
  const code = readSupportCode(search)
  if (code === undefined) return named
  const flows = tables.selectFrom('flows').select('id').where(CODE_OF_FLOW, '=', code)
  return [...named, events.where(CODE_OF_REQUEST, '=', code), events.where('flow_id', 'in', flows)]
}
