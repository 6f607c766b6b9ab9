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
    'How many flows were started, by status. A connect token that was never used does not count.',
  fields: (t) => ({
    started: t.int({ resolve: sum }),
    open: t.exposeInt('open'),
    succeeded: t.exposeInt('succeeded'),
    failed: t.exposeInt('failed'),
    cancelled: t.exposeInt('cancelled'),
    expired: t.exposeInt('expired'),
    successRate: t.float({
      description: 'Succeeded flows divided by ended flows, 0 to 1; null if none has ended.',
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
    'How long successful flows took, in milliseconds, from opening the connect page (or from the connect token, if `openFlow` was not called) to the confirmed account; null if there are none.',
  fields: (t) => ({
    count: t.exposeInt('count'),
    p50Ms: t.exposeFloat('p50Ms', { nullable: true }),
    p90Ms: t.exposeFloat('p90Ms', { nullable: true }),
    p99Ms: t.exposeFloat('p99Ms', { nullable: true }),
  }),
})

const FlowPeriodRef = builder.objectRef<FlowPeriod>('FlowPeriod').implement({
  description:
    'An hour or a day, in UTC. A flow counts in the period in which it was started, whenever it ended.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'Start of the period.' }),
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
  description: 'How often one error occurred.',
  fields: (t) => ({
    type: t.expose('type', { type: ConnectionEventTypeRef }),
    app: t.exposeString('app', {
      description: 'Slug of the app; null if the error occurred before an app was known.',
      nullable: true,
    }),
    reason: t.exposeString('reason', { nullable: true }),
    count: t.exposeInt('count'),
  }),
})

export const FlowStatisticsRef = builder.objectRef<Statistics>('FlowStatistics').implement({
  description: 'Statistics of the flows that were started in a time span.',
  fields: (t) => ({
    since: t.expose('since', {
      type: 'DateTime',
      description: 'Start of the first period.',
    }),
    counts: t.expose('counts', { type: FlowCountsRef }),
    timeToConnect: t.expose('times', { type: ConnectTimesRef }),
    periods: t.expose('periods', {
      type: [FlowPeriodRef],
      description:
        'One period per hour, or per day if more than 48 hours were requested; oldest first, without gaps. The last one is not over yet.',
    }),
    apps: t.expose('apps', {
      type: [AppStatisticsRef],
      description: 'The 20 apps with the most flows, in descending order.',
    }),
    errors: t.expose('errors', {
      type: [FlowErrorCountRef],
      description: 'Errors by app and reason, most frequent first; at most 100.',
    }),
  }),
})
