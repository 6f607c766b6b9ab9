import type { ExpressionBuilder } from 'kysely'
import { LONGEST_LIFETIME_MS } from './flow-deadline.ts'
import { fromRow } from './flow-rows.ts'
import type { Flow } from './flows.ts'
import type { Database } from './open-database.ts'
import type { Tables } from './tables.ts'

/** Which of a user's flows concern some accounts. */
interface FlowQuery {
  externalUserId: string
  /** By Pipedream's clock: when the accounts were created and changed. */
  instants: readonly Date[]
  /** By the gateway's clock: when accounts of unknown age were first seen. */
  sightings: readonly Date[]
  /** Flows that are known to concern them: that hold them, or are proven to have created them. */
  flowIds: readonly string[]
}

/** Finds flows by the time in which their connect tokens can create accounts. */
export interface FlowWindows {
  /**
   * Lists at least the flows whose time contains an instant or a sighting, those that started before a sighting and are not
   * settled, and those of the given IDs. All apps, all statuses.
   */
  list(query: FlowQuery): Promise<Flow[]>
  /** Lists a user's revoked flows that Pipedream was not checked for after their time: they concern every account. */
  listRevoked(externalUserId: string): Promise<Flow[]>
}

/** Pipedream may round its timestamps. */
export const TOLERANCE_MS = 2000

// Longer than any window, and than the difference of the clocks in it.
const LONGEST_MS = LONGEST_LIFETIME_MS + 60 * 60 * 1000

export function createFlowWindows({ tables }: Pick<Database, 'tables'>): FlowWindows {
  const ofUser = (externalUserId: string) =>
    tables.selectFrom('flows').selectAll().where('external_user_id', '=', externalUserId)
  const revokedOf = (externalUserId: string) =>
    ofUser(externalUserId).where('burned_at', 'is not', null).where('settle_after', 'is not', null)
  return {
    async listRevoked(externalUserId) {
      return (await revokedOf(externalUserId).execute()).map(fromRow)
    },
    async list({ externalUserId, instants, sightings, flowIds }) {
      const own = ofUser(externalUserId)
      const parts = [revokedOf(externalUserId), own.where('window_end', 'is', null)]
      if (flowIds.length > 0) parts.push(own.where('id', 'in', flowIds))
      if (instants.length > 0) {
        const ranges = toRanges(instants)
        parts.push(own.where((where) => where.or(ranges.map((range) => overlaps(where, range)))))
      }
      if (sightings.length > 0) {
        const ranges = toRanges(sightings)
        // A sighting may come long after the time of a flow that is not settled.
        parts.push(
          own
            .where('settle_after', 'is not', null)
            .where('created_at', '<=', (ranges.at(-1)?.to ?? new Date()).toISOString()),
        )
        parts.push(own.where((where) => where.or(ranges.map((range) => livesIn(where, range)))))
      }
      const rows = await parts.reduce((all, part) => all.unionAll(part)).execute()
      return [...new Map(rows.map((row) => [row.id, fromRow(row)])).values()]
    },
  }
}

interface Range {
  from: Date
  to: Date
}

// Bounded at both ends, so that the index finds it among a user's flows of many years.
function overlaps(where: ExpressionBuilder<Tables, 'flows'>, { from, to }: Range) {
  return where.and([
    where('window_end', '>=', from.toISOString()),
    where('window_end', '<=', after(to, LONGEST_MS)),
    where('window_start', '<=', after(to, TOLERANCE_MS)),
  ])
}

function livesIn(where: ExpressionBuilder<Tables, 'flows'>, { from, to }: Range) {
  return where.and([
    where('created_at', '>=', after(from, -LONGEST_MS)),
    where('created_at', '<=', to.toISOString()),
  ])
}

function after(instant: Date, milliseconds: number): string {
  return new Date(instant.getTime() + milliseconds).toISOString()
}

/** Groups instants that are close to each other, because each group is a query. */
function toRanges(instants: readonly Date[]): Range[] {
  const ranges: Range[] = []
  for (const instant of instants.toSorted((one, other) => one.getTime() - other.getTime())) {
    const last = ranges.at(-1)
    if (last && instant.getTime() - last.to.getTime() < LONGEST_MS) last.to = instant
    else ranges.push({ from: instant, to: instant })
  }
  return ranges
}
