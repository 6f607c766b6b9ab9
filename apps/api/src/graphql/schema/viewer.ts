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
    OPERATOR: { value: 'operator', description: 'Somebody who runs the product.' },
  } as const,
})

const ViewerRef = builder.objectRef<Viewer>('Viewer').implement({
  description: 'Who makes this request.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ViewerKindRef }),
    externalUserId: t.id({
      description: 'The product’s id for this person; null for a service.',
      nullable: true,
      resolve: (viewer) => (viewer.kind === 'service' ? null : viewer.externalUserId),
    }),
    lastEventId: t.id({
      description:
        'The newest event there is: subscribe after it, and nothing falls between what is read next and the first event. Null for a service.',
      nullable: true,
      resolve: async (viewer, _arguments, { events }) =>
        viewer.kind === 'service' ? null : events.lastId(),
    }),
    accounts: t.withAuth({ person: true }).field({
      type: AccountConnectionRef,
      description: 'The accounts that this person has connected.',
      errors: { types: [InvalidInput, NotAllowed, PipedreamError] },
      args: {
        app: t.arg.string({
          required: false,
          description: 'Slug of an app, to see its accounts alone.',
        }),
        first: t.arg.int({ defaultValue: 100, description: 'How many, 1 to 100.' }),
        after: t.arg.string({ required: false, description: 'Cursor to read on from.' }),
      },
      resolve: (_viewer, { app, ...page }, context) =>
        showOwnAccounts(
          { externalUserId: context.viewer.externalUserId, app, ...toPageOptions(page) },
          context,
        ),
    }),
    events: t.withAuth({ person: true }).field({
      type: ConnectionEventConnectionRef,
      description: 'What happened to this person’s connections.',
      errors: { types: [InvalidInput, NotAllowed] },
      args: {
        first: t.arg.int({ defaultValue: 100, description: 'How many, 1 to 100.' }),
        after: t.arg.id({
          required: false,
          description: 'Id of an event to read on from, in this order.',
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
    description: 'Who makes this request; null when nobody is signed in.',
    resolve: (_query, _arguments, { viewer }) => viewer ?? null,
  }),
)
