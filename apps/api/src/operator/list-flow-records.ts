import { OPENING_TROUBLES } from '../connect/own-flows.ts'
import type { OperatorContext } from '../context.ts'
import { InvalidInput } from '../errors.ts'
import { readText } from '../read-text.ts'
import { type Event, type EventType, isEventId } from '../store/events.ts'
import type { FlowRecord } from '../store/flow-records.ts'
import { NOT_OPENED } from '../store/flow-transitions.ts'
import type { FlowStatus } from '../store/flows.ts'

interface RecordList<Node> {
  nodes: Node[]
  /** Where to continue; null at the end. */
  nextCursor: string | null
}

interface PageOptions {
  limit: number
  after: string | undefined
}

export interface FlowRecordOptions extends PageOptions {
  search?: string | null | undefined
  status?: FlowStatus | null | undefined
  app?: string | null | undefined
  externalUserId?: string | null | undefined
}

export interface EventRecordOptions extends PageOptions {
  search?: string | null | undefined
  types?: readonly EventType[] | null | undefined
}

/** Lists one page of all users' flows, newest first. */
export async function listFlowRecords(
  { search, status, app, externalUserId, after, limit }: FlowRecordOptions,
  { operatorData, flows }: OperatorContext,
): Promise<RecordList<FlowRecord>> {
  const last = after === undefined ? undefined : await flows.get(after)
  if (after !== undefined && !last) throw new InvalidInput('after', NO_FLOW)
  const found = await operatorData.records.listFlows({
    search: readText('search', search)?.trim(),
    status: status ?? undefined,
    app: readText('app', app),
    externalUserId: readText('externalUserId', externalUserId),
    after: last,
    limit: limit + 1,
  })
  return toRecordList(found, limit, ({ flow }) => flow.id)
}

/** Lists one page of all users' events, newest first. */
export async function listEventRecords(
  { search, types, after, limit }: EventRecordOptions,
  { operatorData }: OperatorContext,
): Promise<RecordList<Event>> {
  if (after !== undefined && !isEventId(after)) throw new InvalidInput('after', NO_EVENT)
  const found = await operatorData.records.listEvents({
    search: readText('search', search)?.trim(),
    types: types ?? undefined,
    after,
    limit: limit + 1,
  })
  return toRecordList(found, limit, ({ id }) => id)
}

function toRecordList<Node>(
  found: Node[],
  limit: number,
  idOf: (node: Node) => string,
): RecordList<Node> {
  const nodes = found.slice(0, limit)
  const last = nodes.at(-1)
  return { nodes, nextCursor: found.length > limit && last ? idOf(last) : null }
}

const NO_FLOW = '“after” is not a flow ID. Use the “endCursor” of the previous page.'
const NO_EVENT = '“after” is not an event ID. Use the “endCursor” of the previous page.'

/** The steps of a flow after its token is minted, in this order. */
export type FlowStep = 'open' | 'connect' | 'confirm'

/** The step that a flow failed at; null if it is open, has succeeded or was no attempt. */
export function failedStep({ flow, events }: FlowRecord): FlowStep | null {
  if (flow.status === 'open' || flow.status === 'succeeded') return null
  if (flow.error === NOT_OPENED) return null
  // The account existed, so a later step failed.
  const wasHeld = events.some(({ type }) => type === 'account_held')
  if (flow.revokedAt !== null || wasHeld) return 'confirm'
  return OPENING_TROUBLES.some((trouble) => trouble === flow.error) ? 'open' : 'connect'
}
