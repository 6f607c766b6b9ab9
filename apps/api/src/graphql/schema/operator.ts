import { InvalidInput, NotAllowed, NotSignedIn } from '../../errors.ts'
import type { OperatorContext } from '../../context.ts'
import { listEventRecords, listFlowRecords } from '../../operator/list-flow-records.ts'
import { listHeldAccountRecords } from '../../operator/list-held-accounts.ts'
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
import { OperatorHeldAccountConnectionRef } from './operator-held-account.ts'
import { toPageOptions } from './page.ts'
import { subscriptionResult } from './subscription-result.ts'

const OperatorRef = builder.objectRef<OperatorContext['viewer']>('Operator').implement({
  description: 'Data for operators, across all users. Contains no tokens.',
  authScopes: { operator: true },
  fields: (t) => ({
    flows: t.withAuth({ operator: true }).field({
      type: OperatorFlowConnectionRef,
      description: 'The flows of all users, newest first.',
      errors: { types: [InvalidInput], union: { name: 'OperatorFlowsResult' } },
      args: {
        search: t.arg.string({
          required: false,
          description: 'A support code, flow ID, request ID, user ID or app slug. Matches exactly.',
        }),
        status: t.arg({ type: FlowStatusRef, required: false }),
        app: t.arg.string({ required: false, description: 'Slug of an app.' }),
        externalUserId: t.arg.id({ required: false }),
        first: t.arg.int({ defaultValue: 25, description: 'Page size, 1 to 100.' }),
        after: t.arg.string({ required: false, description: 'Cursor to continue after.' }),
      },
      resolve: (_operator, { first, after, ...filter }, context) =>
        listFlowRecords({ ...filter, ...toPageOptions({ first, after }) }, context),
    }),
    events: t.withAuth({ operator: true }).field({
      type: OperatorEventConnectionRef,
      description:
        'All events, newest first, including those without a flow, such as denied requests.',
      errors: { types: [InvalidInput], union: { name: 'OperatorEventsResult' } },
      args: {
        search: t.arg.string({
          required: false,
          description:
            'A support code, flow ID, request ID, user ID, operator ID or app slug. Matches exactly.',
        }),
        types: t.arg({ type: [ConnectionEventTypeRef], required: false }),
        first: t.arg.int({ defaultValue: 25, description: 'Page size, 1 to 100.' }),
        after: t.arg.id({ required: false, description: 'Cursor to continue after.' }),
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
          description: 'The time span: the last 1 to 2160 hours (90 days).',
        }),
      },
      resolve: (_operator, { hours }, context) => readStatistics(hours, context),
    }),
    upstreamLatency: t.field({
      type: [UpstreamLatencyRef],
      description: 'Latency by operation, most calls first, as measured by this replica.',
      resolve: (_operator, _arguments, { operatorData }) => operatorData.readLatencies(),
    }),
    health: t.field({
      type: GatewayHealthRef,
      resolve: (_operator, _arguments, { operatorData }) => operatorData,
    }),
  }),
})

builder.objectFields(OperatorRef, (t) => ({
  heldAccounts: t.withAuth({ operator: true }).field({
    type: OperatorHeldAccountConnectionRef,
    description:
      'The held accounts of all users, latest first. Only an operator may release one whose flow was finished elsewhere.',
    errors: { types: [InvalidInput], union: { name: 'OperatorHeldAccountsResult' } },
    args: {
      externalUserId: t.arg.id({ required: false, description: 'Default: all users.' }),
      first: t.arg.int({ defaultValue: 25, description: 'Page size, 1 to 100.' }),
      after: t.arg.string({ required: false, description: 'Cursor to continue after.' }),
    },
    resolve: (_operator, { externalUserId, ...page }, context) =>
      listHeldAccountRecords({ externalUserId, ...toPageOptions(page) }, context),
  }),
}))

builder.queryField('operator', (t) =>
  t.withAuth({ operator: true }).field({
    type: OperatorRef,
    description: 'Data for operators, across all users. Contains no secrets.',
    errors: { types: [NotSignedIn, NotAllowed] },
    resolve: (_query, _arguments, { viewer }) => viewer,
  }),
)

builder.subscriptionField('operatorEvents', (t) =>
  t.withAuth({ operator: true }).field({
    type: subscriptionResult('OperatorEventResult', OperatorEventRef),
    description:
      'Events of all users, each once and in order, after the event with the ID `after`; default: from now on. For operators only.',
    args: {
      after: t.arg.id({ required: false, description: '`"0"`: since the first event.' }),
    },
    subscribe: (_subscription, { after }, context) => followAllEvents(after, context),
    resolve: (event) => event,
  }),
)
