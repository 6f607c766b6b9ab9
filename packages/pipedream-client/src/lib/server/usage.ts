import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'
import type { CallApi } from './call-api.ts'
import { readUsagePeriods, writeUsageQuery } from './wire/usage.ts'

/** A period. Sent in whole seconds: the start is rounded down, the end is rounded up. */
export interface UsageQuery {
  /** Start of the period. */
  start: Date
  /** End of the period, after `start`. */
  end: Date
}

/** Usage in a part of the requested period. Credits are null if Pipedream did not say. */
export interface UsagePeriod {
  /** Start of this part; null if Pipedream did not say. */
  readonly start: Date | null
  /** End of this part; null if Pipedream did not say. */
  readonly end: Date | null
  /** Credits used in total. */
  readonly creditsUsed: number | null
  /** Part of `creditsUsed` for running actions. */
  readonly actionRunCreditsUsed: number | null
  /** Part of `creditsUsed` for the proxy. */
  readonly proxyCreditsUsed: number | null
  /** Part of `creditsUsed` for events that triggers emitted. */
  readonly sourceEmitCreditsUsed: number | null
  /** The unmodified response, including keys that this type omits. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Credits that the workspace has used. */
export interface Usage {
  /** Resolves to the usage in a period, split into parts that Pipedream chooses. Throws a `PipedreamError`. */
  get(query: UsageQuery, options?: CallOptions): Promise<readonly UsagePeriod[]>
}

export function createUsage(callApi: CallApi): Usage {
  return {
    async get({ start, end }, options) {
      checkDate('start', start)
      checkDate('end', end)
      if (!(start < end)) throw new PipedreamInputError('ERR_INVALID_INPUT', 'end', 'after start')
      const query = writeUsageQuery({ start, end })
      const path = ['connect', 'usage']
      return callApi({ method: 'GET', path, query, read: readUsagePeriods }, options)
    },
  }
}

function checkDate(input: string, value: Date): void {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return
  throw new PipedreamInputError('ERR_INVALID_INPUT', input, 'a valid Date')
}
