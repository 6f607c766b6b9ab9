import { InvalidInput, NotAllowed, NotSignedIn } from '../../errors.ts'
import type { OperatorContext } from '../../context.ts'
import { listEventRecords, listFlowRecords } from '../../operator/list-flow-records.ts'
import { followAllEvents } from '../../connect/own-events.ts'
import { readStatistics } from '../../operator/read-statistics.ts'
import { builder } from './builder.ts'
import { ConnectionEventTypeRef } from './event.ts'
import { FlowStatisticsRef } from './flow-statistics.ts'
import { FlowStatusRef } from './flow.ts'
import { GatewayHealthRef, UpstreamLatencyRef } from './gateway-health.ts'
import {
  OperatorEventConnectionRef,
  OperatorEventRef,
  OperatorFlowConnectionRef,
} from './operator-flow.ts'
import { toPageOptions } from './page.ts'
import { subscriptionResult } from './subscription-result.ts'

const CODE_OR = 'A support code (also a whole flow or request id), or exactly'

const OperatorRef = builder.objectRef<OperatorContext['viewer']>('Operator').implement({
  description: 'What somebody who runs the product sees of everybody. No token is among it.',
  authScopes: { operator: true },
  fields: (t) => ({
    flows: t.withAuth({ operator: true }).field({
      type: OperatorFlowConnectionRef,
      description: 'Everybody’s attempts to connect, newest first.',
      errors: { types: [InvalidInput], union: { name: 'OperatorFlowsResult' } },
      args: {
        search: t.arg.string({
          required: false,
          description: `${CODE_OR} a person’s id or an app’s slug.`,
        }),
        status: t.arg({ type: FlowStatusRef, required: false }),
        app: t.arg.string({ required: false, description: 'Slug of an app.' }),
        externalUserId: t.arg.id({ required: false }),
        first: t.arg.int({ defaultValue: 25, description: 'How many, 1 to 100.' }),
        after: t.arg.string({ required: false, description: 'Cursor to read on from.' }),
      },
      resolve: (_operator, { first, after, ...filter }, context) =>
        listFlowRecords({ ...filter, ...toPageOptions({ first, after }) }, context),
    }),
    events: t.withAuth({ operator: true }).field({
      type: OperatorEventConnectionRef,
      description:
        'Everything that happened, newest first; also what never became a flow, such as a refusal.',
      errors: { types: [InvalidInput], union: { name: 'OperatorEventsResult' } },
      args: {
        search: t.arg.string({
          required: false,
          description: `${CODE_OR} the id of the person whose business it is, or of the operator who did it, or an app’s slug.`,
        }),
        types: t.arg({ type: [ConnectionEventTypeRef], required: false }),
        first: t.arg.int({ defaultValue: 25, description: 'How many, 1 to 100.' }),
        after: t.arg.id({ required: false, description: 'Cursor to read on from.' }),
      },
      resolve: (_operator, { first, after, ...filter }, context) =>
        listEventRecords({ ...filter, ...toPageOptions({ first, after }) }, context),
    }),
    statistics: t.withAuth({ operator: true }).field({
      type: FlowStatisticsRef,
      errors: { types: [InvalidInput], union: { name: 'OperatorStatisticsResult' } },
      args: {
        hours: t.arg.int({
          defaultValue: 24,
          description: 'Of the last so many hours, 1 to 2160 (90 days).',
        }),
      },
      resolve: (_operator, { hours }, context) => readStatistics(hours, context),
    }),
    upstreamLatency: t.field({
      type: [UpstreamLatencyRef],
      description: 'By operation, the busiest first; of this replica.',
      resolve: (_operator, _arguments, { operatorData }) => operatorData.readLatencies(),
    }),
    health: t.field({
      type: GatewayHealthRef,
      resolve: (_operator, _arguments, { operatorData }) => operatorData,
    }),
  }),
})

builder.queryField('operator', (t) =>
  t.withAuth({ operator: true }).field({
    type: OperatorRef,
    description: 'The view of an operator, who sees everybody’s flows, but nobody’s secrets.',
    errors: { types: [NotSignedIn, NotAllowed] },
    resolve: (_query, _arguments, { viewer }) => viewer,
  }),
)

builder.subscriptionField('operatorEvents', (t) =>
  t.withAuth({ operator: true }).field({
    type: subscriptionResult('OperatorEventResult', OperatorEventRef),
    description:
      'What happens to anybody’s connections, each event once and in order: after the event with the id `after`, or from now on. Operators only.',
    args: { after: t.arg.id({ required: false, description: '`"0"`: from the beginning.' }) },
    subscribe: (_subscription, { after }, context) => followAllEvents(after, context),
    resolve: (event) => event,
  }),
)
