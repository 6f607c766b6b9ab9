import type { OperatorContext } from '../context.ts'
import { InvalidInput } from '../errors.ts'
import { type ConnectTimes, NO_TIMES } from '../store/connect-times.ts'
import type { ErrorCount, FlowCounts, FlowPeriod } from '../store/flow-statistics.ts'

/** Statistics of the flows of the last hours. */
export interface Statistics {
  since: Date
  counts: FlowCounts
  times: ConnectTimes
  /** Every hour or day, including those without flows; oldest first. */
  periods: FlowPeriod[]
  apps: { app: string; counts: FlowCounts }[]
  errors: ErrorCount[]
}

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS
const HOURS_MAX = 90 * 24

// More points would be indistinguishable in a chart.
const HOURLY_UP_TO = 48

/** Returns the statistics of the last `hours`, rounded to whole hours or days. */
export async function readStatistics(
  hours: number,
  { operatorData: { statistics }, now }: OperatorContext,
): Promise<Statistics> {
  if (hours < 1 || hours > HOURS_MAX) {
    throw new InvalidInput('hours', `“hours” must be between 1 and ${HOURS_MAX}.`)
  }
  const period = hours <= HOURLY_UP_TO ? 'hour' : 'day'
  const lengthMs = period === 'hour' ? HOUR_MS : DAY_MS
  const end = now().getTime()
  const since = new Date(Math.floor((end - hours * HOUR_MS) / lengthMs + 1) * lengthMs)
  const [found, times, apps, errors] = await Promise.all([
    statistics.listPeriods({ since, period }),
    statistics.readTimes({ since }),
    statistics.listApps({ since }),
    statistics.listErrors({ since }),
  ])
  const periods: FlowPeriod[] = []
  const byTime = new Map(found.map((one) => [one.at.getTime(), one]))
  for (let at = since.getTime(); at <= end; at += lengthMs) {
    periods.push(byTime.get(at) ?? { at: new Date(at), counts: NO_FLOWS, times: NO_TIMES })
  }
  const counts = periods.map((one) => one.counts).reduce(add, NO_FLOWS)
  return { since, counts, times, periods, apps, errors }
}

const NO_FLOWS: FlowCounts = { open: 0, succeeded: 0, failed: 0, cancelled: 0, expired: 0 }

function add(one: FlowCounts, other: FlowCounts): FlowCounts {
  return {
    open: one.open + other.open,
    succeeded: one.succeeded + other.succeeded,
    failed: one.failed + other.failed,
    cancelled: one.cancelled + other.cancelled,
    expired: one.expired + other.expired,
  }
}
