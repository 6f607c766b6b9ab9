import { followOwnEvents, type listOwnEvents } from '../../connect/own-events.ts'
import type { Event, EventOrder, EventType } from '../../store/events.ts'
import { eventSupportCode } from '../../observability/support-code.ts'
import { builder } from './builder.ts'
import { PageInfoRef } from './page.ts'
import { subscriptionResult } from './subscription-result.ts'

const TYPES = {
  FLOW_CREATED: {
    value: 'flow_created',
    description: 'A connect token was issued; it may never be used.',
  },
  FLOW_OPENED: { value: 'flow_opened', description: 'The flow’s connect page was opened.' },
  FLOW_REFUSED: { value: 'flow_refused', description: 'A flow could not be started.' },
  FLOW_SUCCEEDED: { value: 'flow_succeeded', description: 'The account is connected.' },
  FLOW_FAILED: { value: 'flow_failed', description: 'The flow failed.' },
  FLOW_CANCELLED: { value: 'flow_cancelled', description: 'The user canceled the flow.' },
  FLOW_EXPIRED: {
    value: 'flow_expired',
    description:
      'The flow was not finished in time. With the reason `not_opened`, its token was fetched early and not used, and nothing went wrong.',
  },
  FLOW_REVOKED: {
    value: 'flow_revoked',
    description: 'The flow was revoked: another browser or user tried to finish it.',
  },
  CONFIRMATION_REFUSED: {
    value: 'confirmation_refused',
    description: 'A confirmation was rejected: not allowed.',
  },
  ACCOUNT_HELD: {
    value: 'account_held',
    description:
      'An account appeared during a flow, and cannot be used until it is confirmed, kept or released; or a flow was revoked after that. The reason is that of the hold.',
  },
  ACCOUNT_RELEASED: {
    value: 'account_released',
    description:
      'A held account can be used. The reason is `kept` (by its owner) or `released` (by an operator); null if its flow was confirmed.',
  },
  ACCOUNT_REMOVED: {
    value: 'account_removed',
    description:
      'A held account was deleted: by its owner or an operator, or because it is proven that its flow created it, and the flow was not confirmed in time or was finished elsewhere.',
  },
  ACCOUNT_DISCONNECTED: {
    value: 'account_disconnected',
    description: 'The account was deleted, with its credentials.',
  },
  DISCONNECTION_ORDERED: {
    value: 'disconnection_ordered',
    description: 'An operator started a run that disconnects accounts.',
  },
  DISCONNECTION_REFUSED: {
    value: 'disconnection_refused',
    description: 'An account could not be disconnected.',
  },
  ACCOUNT_HEALTH_CHANGED: {
    value: 'account_health_changed',
    description: 'The account became unhealthy, or healthy again.',
  },
  CONNECT_TOKEN_CREATED: {
    value: 'connect_token_created',
    description: 'A connect token was issued by the REST endpoint; its flow belongs to no browser.',
  },
  ACCESS_TOKEN_CREATED: {
    value: 'access_token_created',
    description: 'An access token for the whole workspace was issued.',
  },
  ACCESS_TOKEN_REFUSED: {
    value: 'access_token_refused',
    description: 'An access token for the whole workspace was denied.',
  },
} as const satisfies Record<Uppercase<EventType>, { value: EventType; description: string }>

export const ConnectionEventTypeRef = builder.enumType('ConnectionEventType', { values: TYPES })

export const EventOrderRef = builder.enumType('EventOrder', {
  values: {
    OLDEST_FIRST: { value: 'oldest_first' },
    NEWEST_FIRST: { value: 'newest_first' },
  } as const satisfies Record<Uppercase<EventOrder>, { value: EventOrder }>,
})

/** The description of an event's `count`. */
export const COUNT =
  'How many times it happened. More than 1 only for denied actions: the first ones of a user in a minute are events of their own, the others are one event together.'

const ConnectionEventRef = builder.objectRef<Event>('ConnectionEvent').implement({
  description: 'An event in a user’s connections.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Pass it as `after` to continue after this event.' }),
    type: t.expose('type', { type: ConnectionEventTypeRef }),
    app: t.exposeString('app', { description: 'Slug of the app.', nullable: true }),
    accountId: t.exposeID('accountId', { nullable: true }),
    flowId: t.exposeID('flowId', { nullable: true }),
    at: t.expose('at', { type: 'DateTime' }),
    count: t.exposeInt('count', { description: COUNT }),
    reason: t.exposeString('reason', {
      description: 'Why it happened, as a short code.',
      nullable: true,
    }),
    supportCode: t.string({
      description: 'Identifies the flow or request to support, such as `ABCD-1234`.',
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
      'Events in the viewer’s own connections, each once and in order, after the event with the ID `after`; default: from now on. To resume, pass the ID of the last event, or send it as the `Last-Event-ID` header.',
    args: {
      after: t.arg.id({ required: false, description: '`"0"`: since the first event.' }),
    },
    subscribe: (_subscription, { after }, context) => followOwnEvents(after, context),
    resolve: (event) => event,
  }),
)
