import { eventSupportCode, supportCodeOf } from '../../observability/support-code.ts'
import {
  failedStep,
  type FlowStep,
  type listEventRecords,
  type listFlowRecords,
} from '../../operator/list-flow-records.ts'
import type { Event } from '../../store/events.ts'
import type { FlowRecord } from '../../store/flow-records.ts'
import { builder } from './builder.ts'
import { ConnectionEventTypeRef, COUNT } from './event.ts'
import { FlowStatusRef } from './flow.ts'
import { PageInfoRef } from './page.ts'
import { ViewerKindRef } from './viewer.ts'

const FlowStepRef = builder.enumType('FlowStep', {
  description: 'The steps of a flow after its connect token was created.',
  values: {
    OPEN: { value: 'open', description: 'The browser opens the connect page.' },
    CONNECT: { value: 'connect', description: 'The user signs in at the provider.' },
    CONFIRM: {
      value: 'confirm',
      description: 'The browser that started the flow confirms the new account.',
    },
  } as const satisfies Record<Uppercase<FlowStep>, { value: FlowStep; description: string }>,
})

export const OperatorEventRef = builder.objectRef<Event>('OperatorEvent').implement({
  description: 'An event in the log, of any user. The log is append-only.',
  authScopes: { operator: true },
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Pass it as `after` to continue after this event.' }),
    type: t.expose('type', { type: ConnectionEventTypeRef }),
    at: t.expose('at', { type: 'DateTime' }),
    count: t.exposeInt('count', { description: COUNT }),
    supportCode: t.string({
      description:
        'The support code of the flow, or else of the request; null if the gateway acted on its own.',
      nullable: true,
      resolve: eventSupportCode,
    }),
    externalUserId: t.exposeID('externalUserId', {
      description: 'The user concerned; null if none.',
      nullable: true,
    }),
    viewerKind: t.expose('viewerKind', {
      type: ViewerKindRef,
      description: 'The kind of viewer who caused it; null if the gateway acted on its own.',
      nullable: true,
    }),
    actorId: t.exposeID('actorId', {
      description: 'The operator who acted on the user’s accounts; null if none.',
      nullable: true,
    }),
    app: t.exposeString('app', { description: 'Slug of the app.', nullable: true }),
    accountId: t.exposeID('accountId', { nullable: true }),
    flowId: t.exposeID('flowId', { nullable: true }),
    reason: t.exposeString('reason', {
      description:
        'Why it happened, as a short code, such as the name of an error type, an error code of the Pipedream client, or a `FlowTrouble`.',
      nullable: true,
    }),
    requestId: t.exposeID('requestId', {
      description: 'The request ID, as in the log lines.',
      nullable: true,
    }),
  }),
})

export const OperatorEventConnectionRef = builder
  .objectRef<Awaited<ReturnType<typeof listEventRecords>>>('OperatorEventConnection')
  .implement({
    fields: (t) => ({
      nodes: t.expose('nodes', { type: [OperatorEventRef] }),
      pageInfo: t.field({ type: PageInfoRef, resolve: (list) => list }),
    }),
  })

const OperatorFlowRef = builder.objectRef<FlowRecord>('OperatorFlow').implement({
  description: 'One attempt to connect an account, with its timeline.',
  authScopes: { operator: true },
  fields: (t) => ({
    id: t.id({ resolve: ({ flow }) => flow.id }),
    supportCode: t.string({
      description: 'The code that the user quotes, such as `ABCD-1234`.',
      resolve: ({ flow }) => supportCodeOf(flow.id),
    }),
    status: t.field({ type: FlowStatusRef, resolve: ({ flow }) => flow.status }),
    app: t.string({
      description: 'Slug of the app; null if the page that uses the connect token chooses it.',
      nullable: true,
      resolve: ({ flow }) => flow.app,
    }),
    externalUserId: t.id({ resolve: ({ flow }) => flow.externalUserId }),
    viewerKind: t.field({
      type: ViewerKindRef,
      description: 'The kind of viewer who started the flow.',
      resolve: ({ flow }) => flow.viewerKind,
    }),
    accountId: t.id({
      description: 'The connected account, once the flow has succeeded.',
      nullable: true,
      resolve: ({ flow }) => flow.accountId,
    }),
    reconnects: t.id({
      description: 'The account being reconnected; null for a new account.',
      nullable: true,
      resolve: ({ flow }) => flow.reconnects,
    }),
    failedStep: t.field({
      type: FlowStepRef,
      description:
        'The step at which the flow failed; null if it is open, has succeeded, or was never opened.',
      nullable: true,
      resolve: failedStep,
    }),
    reason: t.string({
      description:
        'Why the flow failed, as a short code. `not_opened`: its token was fetched early and not used, and nothing went wrong.',
      nullable: true,
      resolve: ({ flow }) => flow.error,
    }),
    events: t.expose('events', {
      type: [OperatorEventRef],
      description: 'The flow’s events, oldest first; at most 20 of each type.',
    }),
  }),
})

builder.objectFields(OperatorFlowRef, (t) => ({
  createdAt: t.field({ type: 'DateTime', resolve: ({ flow }) => flow.createdAt }),
  expiresAt: t.field({ type: 'DateTime', resolve: ({ flow }) => flow.expiresAt }),
  openedAt: t.field({
    type: 'DateTime',
    description: 'When the connect page was opened; null if `openFlow` was not called.',
    nullable: true,
    resolve: ({ flow }) => flow.openedAt,
  }),
  closedAt: t.field({
    type: 'DateTime',
    description: 'When the flow ended; null while it is open.',
    nullable: true,
    resolve: ({ flow }) => flow.closedAt,
  }),
  revokedAt: t.field({
    type: 'DateTime',
    description:
      'When the flow was revoked, because another browser or user tried to finish it; null if it was not.',
    nullable: true,
    resolve: ({ flow }) => flow.revokedAt,
  }),
}))

export const OperatorFlowConnectionRef = builder
  .objectRef<Awaited<ReturnType<typeof listFlowRecords>>>('OperatorFlowConnection')
  .implement({
    fields: (t) => ({
      nodes: t.expose('nodes', { type: [OperatorFlowRef] }),
      pageInfo: t.field({ type: PageInfoRef, resolve: (list) => list }),
    }),
  })
