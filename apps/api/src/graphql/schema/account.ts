import { PipedreamError } from 'pipedream-client/server'
import { type ConnectedAccount, disconnectAccount } from '../../connect/accounts.ts'
import { AccountNotFound, NotAllowed, NotSignedIn } from '../../errors.ts'
import { callUrgently } from '../../pipedream/upstream-caller.ts'
import type { List } from '../../pipedream/upstream-cache.ts'
import { AppRef } from './app.ts'
import { builder } from './builder.ts'
import { PageInfoRef, STALE_SINCE } from './page.ts'

export const AccountRef = builder.objectRef<ConnectedAccount>('Account').implement({
  description: 'A connected third-party account.',
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.string({
      description: 'Often the email address or handle at the provider.',
      nullable: true,
      resolve: ({ name }) => name ?? null,
    }),
    app: t.expose('app', { type: AppRef }),
    healthy: t.boolean({
      description: 'False if the last refresh failed; Pipedream keeps trying.',
      resolve: ({ healthy }) => healthy ?? true,
    }),
    dead: t.boolean({
      description: 'True if Pipedream stopped refreshing the account; the user must reconnect it.',
      resolve: ({ dead }) => dead ?? false,
    }),
    error: t.string({
      description: 'Why the account is not healthy.',
      nullable: true,
      resolve: ({ error }) => error ?? null,
    }),
    held: t.boolean({
      description:
        'True until the browser that started its flow confirms it. A held account cannot be used, and is deleted if it is not confirmed in time.',
      resolve: ({ heldFlowId }) => heldFlowId !== null,
    }),
    heldFlowId: t.exposeID('heldFlowId', {
      nullable: true,
      description:
        'The flow that created the account, while it is held: the browser that started that flow may confirm it. Null if the account is not held.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: true }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', nullable: true }),
    lastRefreshedAt: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ lastRefreshedAt }) => lastRefreshedAt ?? null,
    }),
  }),
})

export const AccountConnectionRef = builder
  .objectRef<List<ConnectedAccount>>('AccountConnection')
  .implement({
    fields: (t) => ({
      nodes: t.field({ type: [AccountRef], resolve: ({ nodes }) => [...nodes] }),
      pageInfo: t.field({ type: PageInfoRef, resolve: (list) => list }),
      totalCount: t.exposeInt('totalCount', { nullable: true }),
      staleSince: t.expose('staleSince', {
        type: 'DateTime',
        nullable: true,
        description: STALE_SINCE,
      }),
    }),
  })

const DisconnectedAccountRef = builder
  .objectRef<{ accountId: string }>('DisconnectedAccount')
  .implement({ fields: (t) => ({ accountId: t.exposeID('accountId') }) })

const DisconnectAccountInput = builder.inputType('DisconnectAccountInput', {
  fields: (t) => ({ accountId: t.id() }),
})

builder.mutationField('disconnectAccount', (t) =>
  t.withAuth({ person: true }).field({
    type: DisconnectedAccountRef,
    description:
      'Deletes one of the viewer’s accounts, with its credentials, at Pipedream. Permissions granted at the provider remain until the user revokes them there.',
    errors: { types: [NotSignedIn, NotAllowed, AccountNotFound, PipedreamError] },
    args: { input: t.arg({ type: DisconnectAccountInput }) },
    resolve: (_mutation, { input }, context) =>
      callUrgently(() => disconnectAccount(input, context)),
  }),
)
