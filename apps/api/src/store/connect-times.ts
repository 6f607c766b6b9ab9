import { type RawBuilder, sql } from 'kysely'
import type { EngineName } from './engine.ts'
import type { Database } from './open-database.ts'

/** Times from the opening of a flow to its success; null: no flow has succeeded. */
export interface ConnectTimes {
  count: number
  p50Ms: number | null
  p90Ms: number | null
  p99Ms: number | null
}

export const NO_TIMES: ConnectTimes = { count: 0, p50Ms: null, p90Ms: null, p99Ms: null }

interface TimesQuery {
  /** Counts flows created since this time. */
  since: Date
  /** The expression to group by. */
  group: RawBuilder<string>
}

/** Computes the times of successful flows, by group. */
export async function listConnectTimes(
  { since, group }: TimesQuery,
  { tables, engine }: Pick<Database, 'tables' | 'engine'>,
): Promise<Map<string, ConnectTimes>> {
  const took = tables
    .selectFrom('flows')
    .where('created_at', '>=', since.toISOString())
    .where('status', '=', 'succeeded')
    .where('closed_at', 'is not', null)
    .select([group.as('period'), TOOK_MS[engine].as('ms')])
  const placed = tables
    .selectFrom(took.as('took'))
    .select(['period', 'ms'])
    .select(sql<number>`row_number() over (partition by period order by ms)`.as('place'))
    .select(sql<number>`count(*) over (partition by period)`.as('total'))
  const rows = await tables
    .selectFrom(placed.as('placed'))
    .groupBy('period')
    .select((select) => ['period', select.fn.countAll().as('count')])
    .select([rank(50).as('p50'), rank(90).as('p90'), rank(99).as('p99')])
    .execute()
  return new Map(
    rows.map(({ period, count, p50, p90, p99 }) => [
      period,
      { count: Number(count), p50Ms: toMs(p50), p90Ms: toMs(p90), p99Ms: toMs(p99) },
    ]),
  )
}

const TOOK_MS: Record<EngineName, RawBuilder<number | string>> = {
  sqlite: sql`round((unixepoch(closed_at, 'subsec') - unixepoch(coalesce(opened_at, created_at), 'subsec')) * 1000)`,
  postgres: sql`round(extract(epoch from (closed_at::timestamptz - coalesce(opened_at, created_at)::timestamptz)) * 1000)`,
}

// The nearest-rank percentile: the lowest time that this percentage of flows did not exceed.
function rank(percent: number): RawBuilder<number | string | null> {
  return sql`min(case when place * 100 >= total * ${sql.lit(percent)} then ms end)`
}

function toMs(value: number | string | null): number | null {
  return value === null ? null : Number(value)
}
