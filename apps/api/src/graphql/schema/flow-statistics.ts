import type { Statistics } from '../../operator/read-statistics.ts'
import type { ConnectTimes } from '../../store/connect-times.ts'
import {
  type ErrorCount,
  type FlowCounts,
  type FlowPeriod,
  sum,
} from '../../store/flow-statistics.ts'
import { builder } from './builder.ts'
import { ConnectionEventTypeRef } from './event.ts'

const FlowCountsRef = builder.objectRef<FlowCounts>('FlowCounts').implement({
  description:
    'How many attempts to connect were begun, and what became of them. A connect token that nobody began to connect with is none.',
  fields: (t) => ({
    begun: t.int({ resolve: sum }),
    open: t.exposeInt('open'),
    succeeded: t.exposeInt('succeeded'),
    failed: t.exposeInt('failed'),
    cancelled: t.exposeInt('cancelled'),
    expired: t.exposeInt('expired'),
    successRate: t.float({
      description: 'Those that succeeded as a part, 0 to 1, of those that are over; null: none is.',
      nullable: true,
      resolve: (counts) => {
        const over = sum(counts) - counts.open
        return over === 0 ? null : counts.succeeded / over
      },
    }),
  }),
})

const ConnectTimesRef = builder.objectRef<ConnectTimes>('ConnectTimes').implement({
  description:
    'How long those that succeeded took, in milliseconds from when somebody began to connect (the connect token, if nobody said so) to the confirmed account; null: none did.',
  fields: (t) => ({
    count: t.exposeInt('count'),
    p50Ms: t.exposeFloat('p50Ms', { nullable: true }),
    p90Ms: t.exposeFloat('p90Ms', { nullable: true }),
    p99Ms: t.exposeFloat('p99Ms', { nullable: true }),
  }),
})

const FlowPeriodRef = builder.objectRef<FlowPeriod>('FlowPeriod').implement({
  description: 'An hour or a day, in UTC; what was begun in it counts for it, whenever it ended.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When it began.' }),
    counts: t.expose('counts', { type: FlowCountsRef }),
    timeToConnect: t.expose('times', { type: ConnectTimesRef }),
  }),
})

const AppStatisticsRef = builder.objectRef<Statistics['apps'][number]>('AppStatistics').implement({
  fields: (t) => ({
    app: t.exposeString('app', { description: 'Slug of the app.' }),
    counts: t.expose('counts', { type: FlowCountsRef }),
  }),
})

const FlowErrorCountRef = builder.objectRef<ErrorCount>('FlowErrorCount').implement({
  description: 'How often one thing went wrong.',
  fields: (t) => ({
    type: t.expose('type', { type: ConnectionEventTypeRef }),
    app: t.exposeString('app', {
      description: 'Slug of the app; null: it failed before an app was known.',
      nullable: true,
    }),
    reason: t.exposeString('reason', { nullable: true }),
    count: t.exposeInt('count'),
  }),
})

export const FlowStatisticsRef = builder.objectRef<Statistics>('FlowStatistics').implement({
  description: 'What became of the attempts to connect that were begun since an instant.',
  fields: (t) => ({
    since: t.expose('since', {
      type: 'DateTime',
      description: 'The beginning of the first hour or day.',
    }),
    counts: t.expose('counts', { type: FlowCountsRef }),
    timeToConnect: t.expose('times', { type: ConnectTimesRef }),
    periods: t.expose('periods', {
      type: [FlowPeriodRef],
      description:
        'Each hour, or each day of more than 48 hours, oldest first and without a gap; the last one goes on.',
    }),
    apps: t.expose('apps', {
      type: [AppStatisticsRef],
      description: 'The 20 apps with the most attempts, the most first.',
    }),
    errors: t.expose('errors', {
      type: [FlowErrorCountRef],
      description: 'What went wrong, by app and reason, the most frequent first; 100 at the most.',
    }),
  }),
})
