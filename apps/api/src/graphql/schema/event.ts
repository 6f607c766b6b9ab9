import { followOwnEvents, type listOwnEvents } from '../../connect/own-events.ts'
import type { Event, EventOrder, EventType } from '../../store/events.ts'
import { eventSupportCode } from '../../observability/support-code.ts'
import { builder } from './builder.ts'
import { PageInfoRef } from './page.ts'
import { subscriptionResult } from './subscription-result.ts'

const TYPES = {
  FLOW_CREATED: {
    value: 'flow_created',
    description: 'A connect token was handed out; perhaps nobody begins to connect with it.',
  },
  FLOW_OPENED: { value: 'flow_opened', description: 'Somebody began to connect an account.' },
  FLOW_REFUSED: { value: 'flow_refused', description: 'An attempt to connect was not begun.' },
  FLOW_SUCCEEDED: { value: 'flow_succeeded', description: 'The account is connected.' },
  FLOW_FAILED: { value: 'flow_failed', description: 'The attempt to connect failed.' },
  FLOW_CANCELLED: { value: 'flow_cancelled', description: 'The person called the attempt off.' },
  FLOW_EXPIRED: {
    value: 'flow_expired',
    description:
      'The attempt was not finished in time; with the reason `not_opened`, nobody had begun it, and nothing went wrong.',
  },
  FLOW_REVOKED: {
    value: 'flow_revoked',
    description: 'Another browser than the one that began the attempt tried to finish it.',
  },
  CONFIRMATION_REFUSED: {
    value: 'confirmation_refused',
    description: 'Somebody tried to confirm a connection who may not.',
  },
  ACCOUNT_HELD: {
    value: 'account_held',
    description: 'An account exists, and nobody may use it until it is confirmed.',
  },
  ACCOUNT_RELEASED: {
    value: 'account_released',
    description: 'A held account was confirmed and may be used.',
  },
  ACCOUNT_REMOVED: {
    value: 'account_removed',
    description: 'A held account was deleted, because nobody confirmed it.',
  },
  ACCOUNT_DISCONNECTED: {
    value: 'account_disconnected',
    description: 'The account was deleted, with its credentials.',
  },
  DISCONNECTION_ORDERED: {
    value: 'disconnection_ordered',
    description: 'An operator ordered accounts to be disconnected.',
  },
  DISCONNECTION_REFUSED: {
    value: 'disconnection_refused',
    description: 'An account was to be disconnected, and it was not.',
  },
  ACCOUNT_HEALTH_CHANGED: {
    value: 'account_health_changed',
    description: 'The account broke or works again.',
  },
  CONNECT_TOKEN_CREATED: {
    value: 'connect_token_created',
    description: 'A token to connect accounts was handed out, without a flow.',
  },
  ACCESS_TOKEN_CREATED: {
    value: 'access_token_created',
    description: 'An access token for the whole workspace was handed out.',
  },
  ACCESS_TOKEN_REFUSED: {
    value: 'access_token_refused',
    description: 'An access token for the whole workspace was asked for in vain.',
  },
} as const satisfies Record<Uppercase<EventType>, { value: EventType; description: string }>

export const ConnectionEventTypeRef = builder.enumType('ConnectionEventType', { values: TYPES })

export const EventOrderRef = builder.enumType('EventOrder', {
  values: {
    OLDEST_FIRST: { value: 'oldest_first' },
    NEWEST_FIRST: { value: 'newest_first' },
  } as const satisfies Record<Uppercase<EventOrder>, { value: EventOrder }>,
})

const ConnectionEventRef = builder.objectRef<Event>('ConnectionEvent').implement({
  description: 'Something that happened to a person’s connections.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Give it as `after` to read on from here.' }),
    type: t.expose('type', { type: ConnectionEventTypeRef }),
    app: t.exposeString('app', { description: 'Slug of the app.', nullable: true }),
    accountId: t.exposeID('accountId', { nullable: true }),
    flowId: t.exposeID('flowId', { nullable: true }),
    at: t.expose('at', { type: 'DateTime' }),
    reason: t.exposeString('reason', { description: 'Why it happened.', nullable: true }),
    supportCode: t.string({
      description: 'To quote to the operator, who finds what happened by it.',
      nullable: true,
      resolve: eventSupportCode,
    }),
  }),
})

export const ConnectionEventConnectionRef = builder
  .objectRef<Awaited<ReturnType<typeof listOwnEvents>>>('ConnectionEventConnection')
  .implement({
    fields: (t) => ({
      nodes: t.expose('nodes', { type: [ConnectionEventRef] }),
      pageInfo: t.field({ type: PageInfoRef, resolve: (list) => list }),
    }),
  })

builder.subscriptionType()

builder.subscriptionField('connectionEvents', (t) =>
  t.withAuth({ person: true }).field({
    type: subscriptionResult('ConnectionEventsResult', ConnectionEventRef),
    description:
      'What happens to the viewer’s own connections, each event once and in order: after the event with the id `after`, or from now on. Resume with the id of the last event, or by the header Last-Event-ID.',
    args: { after: t.arg.id({ required: false, description: '`"0"`: from the beginning.' }) },
    subscribe: (_subscription, { after }, context) => followOwnEvents(after, context),
    resolve: (event) => event,
  }),
)
