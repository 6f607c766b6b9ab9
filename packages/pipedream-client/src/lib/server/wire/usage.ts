import type { Query } from '../../http/build-url.ts'
import { fieldsOf, type Read, readList } from '../read-json.ts'
import type { UsagePeriod, UsageQuery } from '../usage.ts'

/** Pipedream documents seconds. */
export function writeUsageQuery({ start, end }: UsageQuery): Query {
  return {
    start_ts: Math.floor(start.getTime() / 1000),
    end_ts: Math.ceil(end.getTime() / 1000),
  }
}

export function readUsagePeriods(value: unknown): readonly UsagePeriod[] {
  return readList(fieldsOf(value, '').raw.data, 'data', usagePeriodOf)
}

const usagePeriodOf: Read<UsagePeriod> = (value, at) => {
  const fields = fieldsOf(value, at)
  return {
    start: fields.optionalInstant('usage_start_ts'),
    end: fields.optionalInstant('usage_end_ts'),
    creditsUsed: fields.optionalNumber('credits_used'),
    actionRunCreditsUsed: fields.optionalNumber('action_run_credits_used'),
    proxyCreditsUsed: fields.optionalNumber('proxy_credits_used'),
    sourceEmitCreditsUsed: fields.optionalNumber('source_emit_credits_used'),
    raw: fields.raw,
  }
}
