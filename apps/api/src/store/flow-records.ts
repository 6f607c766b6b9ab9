import { type ExpressionBuilder, sql, type SqlBool } from 'kysely'
import { readSupportCode } from '../support-code.ts'
import { type Event, fromRow as eventFromRow } from './events.ts'
import { type Flow, fromRow } from './flow-row.ts'
import type { Database } from './open-database.ts'
import type { EventType, FlowStatus, Tables } from './tables.ts'

/** A flow with what happened to it, oldest first. */
export interface FlowRecord {
  flow: Flow
  events: Event[]
}

interface FlowQuery {
  /** A support code, or exactly a person's id or an app's slug. */
  search?: string | undefined
  status?: FlowStatus | undefined
  app?: string | undefined
  externalUserId?: string | undefined
  /** Read on from this flow. */
  after?: Flow | undefined
  limit: number
}

interface EventQuery {
  /** A support code, or exactly a person's id. */
  search?: string | undefined
  types?: readonly EventType[] | undefined
  /** Read on from the event with this id. */
  after?: string | undefined
  limit: number
}

/** Everybody's flows and events, newest first: for operators. */
export interface FlowRecords {
  listFlows(query: FlowQuery): Promise<FlowRecord[]>
  listEvents(query: EventQuery): Promise<Event[]>
}

// Whoever asks to confirm a flow a thousand times leaves a thousand refusals with it.
const EVENTS_OF_A_FLOW = 50

export function createFlowRecords({ tables }: Pick<Database, 'tables'>): FlowRecords {
  async function listEventsOf(flowIds: readonly string[]): Promise<Map<string, Event[]>> {
    if (flowIds.length === 0) return new Map()
    const numbered = tables
      .selectFrom('events')
      .selectAll()
      .select(sql<number>`row_number() over (partition by flow_id order by id)`.as('place'))
      .where('flow_id', 'in', flowIds)
    const rows = await tables
      .selectFrom(numbered.as('numbered'))
      .selectAll()
      .where('place', '<=', EVENTS_OF_A_FLOW)
      .orderBy('id')
      .execute()
    return Map.groupBy(rows.map(eventFromRow), ({ flowId }) => flowId ?? '')
  }

  return {
    async listFlows({ search, status, app, externalUserId, after, limit }) {
      let query = tables.selectFrom('flows').selectAll()
      if (status !== undefined) query = query.where('status', '=', status)
      if (app !== undefined) query = query.where('app', '=', app)
      if (externalUserId !== undefined) query = query.where('external_user_id', '=', externalUserId)
      if (search !== undefined) query = query.where((where) => isFlowSought(where, search))
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
      let query = tables.selectFrom('events').selectAll()
      if (types !== undefined) query = query.where('type', 'in', types)
      if (after !== undefined) query = query.where('id', '<', Number(after))
      if (search !== undefined) query = query.where((where) => isEventSought(where, search))
      return (await query.orderBy('id', 'desc').limit(limit).execute()).map(eventFromRow)
    },
  }
}

// As the indexes have it.
const CODE_OF_FLOW = sql<string>`substr(id, 1, 8)`

// The index leaves out what no request caused, and serves only who says so.
function isOfRequest(code: string) {
  return sql<SqlBool>`(substr(request_id, 1, 8) = ${code} and request_id is not null)`
}

function isFlowSought(where: ExpressionBuilder<Tables, 'flows'>, search: string) {
  const code = readSupportCode(search)
  return where.or([
    where('external_user_id', '=', search),
    where('app', '=', search),
    ...(code === undefined
      ? []
      : [
          where(CODE_OF_FLOW, '=', code),
          where(
            'id',
            'in',
            where.selectFrom('events').select('events.flow_id').where(isOfRequest(code)),
          ),
        ]),
  ])
}

function isOlderFlow(where: ExpressionBuilder<Tables, 'flows'>, { id, createdAt }: Flow) {
  return where(
    where.refTuple('created_at', 'id'),
    '<',
    where.tuple(createdAt.toISOString(), id),
  ).$castTo<SqlBool>()
}

function isEventSought(where: ExpressionBuilder<Tables, 'events'>, search: string) {
  const code = readSupportCode(search)
  return where.or([
    where('external_user_id', '=', search),
    where('actor_id', '=', search),
    ...(code === undefined
      ? []
      : [
          isOfRequest(code),
          where(
            'flow_id',
            'in',
            where.selectFrom('flows').select('flows.id').where(CODE_OF_FLOW, '=', code),
          ),
        ]),
  ])
}
