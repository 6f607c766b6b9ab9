import { PipedreamError } from 'pipedream-client/server'
import type { Viewer } from '../../auth/viewer.ts'
import { showOwnAccounts } from '../../connect/accounts.ts'
import { listOwnEvents } from '../../connect/own-events.ts'
import { InvalidInput, NotAllowed } from '../../errors.ts'
import { AccountConnectionRef } from './account.ts'
import { builder } from './builder.ts'
import { ConnectionEventConnectionRef, EventOrderRef } from './event.ts'
import { toPageOptions } from './page.ts'

export const ViewerKindRef = builder.enumType('ViewerKind', {
  values: {
    USER: { value: 'user', description: 'An end user of the product.' },
    SERVICE: { value: 'service', description: 'A server of the product.' },
    OPERATOR: { value: 'operator', description: 'A person who runs the product.' },
  } as const,
})

const ViewerRef = builder.objectRef<Viewer>('Viewer').implement({
  description: 'The authenticated caller.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ViewerKindRef }),
    externalUserId: t.id({
      description: 'The product’s ID for this user; null for a service.',
      nullable: true,
      resolve: (viewer) => (viewer.kind === 'service' ? null : viewer.externalUserId),
    }),
    lastEventId: t.id({
      description:
        'ID of the newest event; null for a service. Read it first and subscribe after it, so that no event is missed between the two.',
      nullable: true,
      resolve: async (viewer, _arguments, { events }) =>
        viewer.kind === 'service' ? null : events.lastId(),
    }),
    accounts: t.withAuth({ person: true }).field({
      type: AccountConnectionRef,
      description: 'The viewer’s connected accounts.',
      errors: { types: [InvalidInput, NotAllowed, PipedreamError] },
      args: {
        app: t.arg.string({
          required: false,
          description: 'Slug of an app. Default: all apps.',
        }),
        first: t.arg.int({ defaultValue: 100, description: 'Page size, 1 to 100.' }),
        after: t.arg.string({ required: false, description: 'Cursor to continue after.' }),
      },
      resolve: (_viewer, { app, ...page }, context) =>
        showOwnAccounts(
          { externalUserId: context.viewer.externalUserId, app, ...toPageOptions(page) },
          context,
        ),
    }),
    events: t.withAuth({ person: true }).field({
      type: ConnectionEventConnectionRef,
      description: 'Events in the viewer’s connections.',
      errors: { types: [InvalidInput, NotAllowed] },
      args: {
        first: t.arg.int({ defaultValue: 100, description: 'Page size, 1 to 100.' }),
        after: t.arg.id({
          required: false,
          description: 'ID of the event to continue after, in the given order.',
        }),
        order: t.arg({ type: EventOrderRef, defaultValue: 'oldest_first' }),
      },
      resolve: (_viewer, { order, ...page }, context) =>
        listOwnEvents({ order, ...toPageOptions(page) }, context),
    }),
  }),
})

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerRef,
    nullable: true,
    description: 'The authenticated caller; null for an anonymous request.',
    resolve: (_query, _arguments, { viewer }) => viewer ?? null,
  }),
)
