import { sql } from 'kysely'
import { type ConnectTimes, listConnectTimes, NO_TIMES } from './connect-times.ts'
import { fromStoredType, toStoredType } from './events.ts'
import { NOT_OPENED } from './flow-transitions.ts'
import type { Database } from './open-database.ts'
import type { EventType, FlowStatus } from './tables.ts'

/** The number of flows by status. */
export type FlowCounts = Record<FlowStatus, number>

/** An hour or a day. */
export interface FlowPeriod {
  at: Date
  counts: FlowCounts
  times: ConnectTimes
}

export interface ErrorCount {
  type: EventType
  /** Slug; null: unknown. */
  app: string | null
  reason: string | null
  count: number
}

interface StatisticsOptions {
  /** The start of an hour or a day. */
  since: Date
  period: 'hour' | 'day'
}

/**
 * Statistics of the flows created since a time. The token of a service's flow, or of one that is bound to nothing, counts
 * once it is used, because a server or a page of the official SDK may fetch one early.
 */
export interface FlowStatistics {
  /** The periods with at least one flow, oldest first. */
  listPeriods(options: StatisticsOptions): Promise<FlowPeriod[]>
  readTimes(options: Pick<StatisticsOptions, 'since'>): Promise<ConnectTimes>
  /** The apps with the most flows first. */
  listApps(
    options: Pick<StatisticsOptions, 'since'>,
  ): Promise<{ app: string; counts: FlowCounts }[]>
  /** The most frequent errors first. */
  listErrors(options: Pick<StatisticsOptions, 'since'>): Promise<ErrorCount[]>
}

const ERRORS = [
  'flow_refused',
  'flow_failed',
  'flow_expired',
  'flow_revoked',
  'confirmation_refused',
] as const satisfies EventType[]

const APPS = 20
const ERROR_ROWS = 100

export function createFlowStatistics(
  database: Pick<Database, 'tables' | 'engine'>,
): FlowStatistics {
  const { tables } = database
  return {
    async listPeriods({ since, period }) {
      const group = PERIODS[period].group
      const rows = await selectAttempts(tables, since)
        .select((select) => [group.as('period'), 'status', select.fn.countAll().as('count')])
        .groupBy(['period', 'status'])
        .execute()
      const times = await listConnectTimes({ since, group }, database)
      return [...Map.groupBy(rows, (row) => row.period)]
        .map(([name, of]) => ({
          at: new Date(`${name}${PERIODS[period].rest}`),
          counts: toCounts(of),
          times: times.get(name) ?? NO_TIMES,
        }))
        .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    },
    async readTimes({ since }) {
      const group = sql<string>`'all'`
      return (await listConnectTimes({ since, group }, database)).get('all') ?? NO_TIMES
    },
    async listApps({ since }) {
      const rows = await selectAttempts(tables, since)
        // The page that uses a token without an app chooses it.
        .where('app', '!=', '')
        .select((select) => ['app', 'status', select.fn.countAll().as('count')])
        .groupBy(['app', 'status'])
        .execute()
      return [...Map.groupBy(rows, ({ app }) => app)]
        .map(([app, of]) => ({ app, counts: toCounts(of) }))
        .toSorted((one, other) => sum(other.counts) - sum(one.counts))
        .slice(0, APPS)
    },
    async listErrors({ since }) {
      const rows = await tables
        .selectFrom('events')
        .where('type', 'in', ERRORS.map(toStoredType))
        .where('at', '>=', since.toISOString())
        .where('reason', 'is distinct from', NOT_OPENED)
        .select((select) => [
          'type',
          'app',
          'reason',
          select.fn.sum<number | string>(OCCURRENCES).as('count'),
        ])
        .groupBy(['type', 'app', 'reason'])
        .orderBy('count', 'desc')
        .limit(ERROR_ROWS)
        .execute()
      return rows.map(({ type, app, reason, count }) => ({
        type: fromStoredType(type),
        app,
        reason,
        count: Number(count),
      }))
    },
  }
}

// One event can stand for many refusals.
const OCCURRENCES = sql<number>`coalesce(occurrences, 1)`

function selectAttempts(tables: Database['tables'], since: Date) {
  return tables
    .selectFrom('flows')
    .where('created_at', '>=', since.toISOString())
    .where((where) =>
      where.or([
        where.and([where('browser_hash', 'is not', null), where('viewer_kind', '!=', 'service')]),
        where('opened_at', 'is not', null),
        where('status', '!=', 'open'),
      ]),
    )
    .where('error', 'is distinct from', NOT_OPENED)
}

// Timestamps are stored as strings that start with the day and the hour.
const PERIODS = {
  hour: { group: sql<string>`substr(created_at, 1, 13)`, rest: ':00:00Z' },
  day: { group: sql<string>`substr(created_at, 1, 10)`, rest: 'T00:00:00Z' },
} as const

function toCounts(
  rows: readonly { status: FlowStatus; count: number | string | bigint }[],
): FlowCounts {
  const counts = { open: 0, succeeded: 0, failed: 0, cancelled: 0, expired: 0 }
  for (const { status, count } of rows) counts[status] += Number(count)
  return counts
}

/** The total number of flows. */
export function sum(counts: FlowCounts): number {
  return Object.values(counts).reduce((one, other) => one + other, 0)
}
