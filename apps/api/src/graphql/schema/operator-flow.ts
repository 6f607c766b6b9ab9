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
import { ConnectionEventTypeRef } from './event.ts'
import { FlowStatusRef } from './flow.ts'
import { PageInfoRef } from './page.ts'
import { ViewerKindRef } from './viewer.ts'

const FlowStepRef = builder.enumType('FlowStep', {
  description: 'What an attempt to connect goes through once its connect token is minted.',
  values: {
    OPEN: { value: 'open', description: 'The browser opens the connect page.' },
    CONNECT: { value: 'connect', description: 'The person connects at the provider.' },
    CONFIRM: {
      value: 'confirm',
      description: 'The browser that began the attempt confirms the new account.',
    },
  } as const satisfies Record<Uppercase<FlowStep>, { value: FlowStep; description: string }>,
})

export const OperatorEventRef = builder.objectRef<Event>('OperatorEvent').implement({
  description: 'Something that happened to anybody’s connections. What happened stays in the log.',
  authScopes: { operator: true },
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Give it as `after` to read on from here.' }),
    type: t.expose('type', { type: ConnectionEventTypeRef }),
    at: t.expose('at', { type: 'DateTime' }),
    supportCode: t.string({
      description:
        'The code of the flow, else that of the request that caused it; null: the gateway did it by itself.',
      nullable: true,
      resolve: eventSupportCode,
    }),
    externalUserId: t.exposeID('externalUserId', {
      description: 'Whose business it is; null when nobody in particular asked.',
      nullable: true,
    }),
    viewerKind: t.expose('viewerKind', {
      type: ViewerKindRef,
      description: 'Who did it; null: the gateway by itself.',
      nullable: true,
    }),
    actorId: t.exposeID('actorId', {
      description: 'The operator who did it to somebody else’s accounts.',
      nullable: true,
    }),
    app: t.exposeString('app', { description: 'Slug of the app.', nullable: true }),
    accountId: t.exposeID('accountId', { nullable: true }),
    flowId: t.exposeID('flowId', { nullable: true }),
    reason: t.exposeString('reason', {
      description:
        'A short code: the name of a typed error, a code of Pipedream’s client, a trouble.',
      nullable: true,
    }),
    requestId: t.exposeID('requestId', {
      description: 'The request that caused it, as the log lines name it.',
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
      description: 'What the person quotes, such as `ABCD-1234`.',
      resolve: ({ flow }) => supportCodeOf(flow.id),
    }),
    status: t.field({ type: FlowStatusRef, resolve: ({ flow }) => flow.status }),
    app: t.string({ description: 'Slug of the app.', resolve: ({ flow }) => flow.app }),
    externalUserId: t.id({ resolve: ({ flow }) => flow.externalUserId }),
    viewerKind: t.field({
      type: ViewerKindRef,
      description: 'Who began it.',
      resolve: ({ flow }) => flow.viewerKind,
    }),
    accountId: t.id({
      description: 'The account, once the flow has succeeded.',
      nullable: true,
      resolve: ({ flow }) => flow.accountId,
    }),
    reconnects: t.id({
      description: 'The account that it is to mend; null: it makes a new one.',
      nullable: true,
      resolve: ({ flow }) => flow.reconnects,
    }),
    failedStep: t.field({
      type: FlowStepRef,
      description:
        'The step that it did not get past; null while it is open, when it succeeded, and when nobody began it.',
      nullable: true,
      resolve: failedStep,
    }),
    reason: t.string({
      description: 'Why it did not succeed, as a short code; `not_opened`: nobody began it.',
      nullable: true,
      resolve: ({ flow }) => flow.error,
    }),
    events: t.expose('events', {
      type: [OperatorEventRef],
      description:
        'From its beginning to its end, oldest first; of each type the first 20 at the most.',
    }),
  }),
})

builder.objectFields(OperatorFlowRef, (t) => ({
  createdAt: t.field({ type: 'DateTime', resolve: ({ flow }) => flow.createdAt }),
  expiresAt: t.field({ type: 'DateTime', resolve: ({ flow }) => flow.expiresAt }),
  openedAt: t.field({
    type: 'DateTime',
    description: 'When somebody began to connect with it; null: nobody has said so.',
    nullable: true,
    resolve: ({ flow }) => flow.openedAt,
  }),
  closedAt: t.field({
    type: 'DateTime',
    description: 'When it ended; null while it is open.',
    nullable: true,
    resolve: ({ flow }) => flow.closedAt,
  }),
  revokedAt: t.field({
    type: 'DateTime',
    description: 'When another browser than the one that began it tried to finish it.',
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
