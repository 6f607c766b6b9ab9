import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'
import type { CallApi } from './call-api.ts'
import { readUsagePeriods, writeUsageQuery } from './wire/usage.ts'

/** A span of time; its instants are sent in whole seconds, the start rounded down and the end rounded up. */
export interface UsageQuery {
  start: Date
  /** After `start`. */
  end: Date
}

/** What was used in a part of the span. Credits are null when Pipedream did not say. */
export interface UsagePeriod {
  readonly start: Date | null
  readonly end: Date | null
  readonly creditsUsed: number | null
  /** Of `creditsUsed`, those for running actions. */
  readonly actionRunCreditsUsed: number | null
  /** Of `creditsUsed`, those for the proxy. */
  readonly proxyCreditsUsed: number | null
  /** Of `creditsUsed`, those for events that triggers emitted. */
  readonly sourceEmitCreditsUsed: number | null
  /** The response as it came, with the keys that this type leaves out. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Credits that the workspace used. */
export interface Usage {
  /** What was used in a span of time, by periods that Pipedream chooses. Throws a `PipedreamError`. */
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
