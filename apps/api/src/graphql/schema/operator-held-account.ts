import { PipedreamError } from 'pipedream-client/server'
import { releaseHeldAccount } from '../../connect/keep-account.ts'
import { removeHeldAccount } from '../../connect/remove-held-account.ts'
import { AccountNotFound, NotAllowed, NotSignedIn, RemovalInProgress } from '../../errors.ts'
import { supportCodeOf } from '../../observability/support-code.ts'
import type { listHeldAccountRecords } from '../../operator/list-held-accounts.ts'
import { callAsGateway } from '../../pipedream/upstream-caller.ts'
import type { HeldAccountRecord } from '../../store/held-account-records.ts'
import { HeldReasonRef } from './account.ts'
import { builder } from './builder.ts'
import { PageInfoRef } from './page.ts'

const OperatorHeldAccountRef = builder
  .objectRef<HeldAccountRecord>('OperatorHeldAccount')
  .implement({
    description: 'An account that cannot be used, of any user.',
    authScopes: { operator: true },
    fields: (t) => ({
      accountId: t.exposeID('accountId'),
      externalUserId: t.exposeID('externalUserId', {
        description: 'The user who owns the account.',
      }),
      app: t.exposeString('app', {
        description: 'Slug of the app; null if Pipedream did not name it.',
        nullable: true,
      }),
      since: t.expose('since', { type: 'DateTime', description: 'When it was held.' }),
      reason: t.expose('reason', { type: HeldReasonRef }),
      flowId: t.exposeID('flowId', {
        description: 'The flow that it waits for, or whose end left it unconfirmed.',
      }),
      supportCode: t.string({
        description: 'Identifies this flow; its owner sees it with the account.',
        resolve: ({ flowId }) => supportCodeOf(flowId),
      }),
      isProven: t.boolean({
        description:
          'Whether a webhook of Pipedream proves that a flow created it. It is then deleted when the flow is revoked, or ends without a confirmation.',
        resolve: ({ deletionAt }) => deletionAt !== null,
      }),
      attempts: t.exposeInt('attempts', {
        description: 'How many deletions have failed in a row.',
      }),
      lastError: t.exposeString('lastError', {
        description: 'Why the last deletion failed, as a short code.',
        nullable: true,
      }),
    }),
  })

export const OperatorHeldAccountConnectionRef = builder
  .objectRef<Awaited<ReturnType<typeof listHeldAccountRecords>>>('OperatorHeldAccountConnection')
  .implement({
    fields: (t) => ({
      nodes: t.expose('nodes', { type: [OperatorHeldAccountRef] }),
      pageInfo: t.field({ type: PageInfoRef, resolve: (list) => list }),
    }),
  })

const ReleasedAccountRef = builder
  .objectRef<{ accountId: string }>('ReleasedAccount')
  .implement({ fields: (t) => ({ accountId: t.exposeID('accountId') }) })

const ReleaseHeldAccountInput = builder.inputType('ReleaseHeldAccountInput', {
  fields: (t) => ({ accountId: t.id() }),
})

builder.mutationField('releaseHeldAccount', (t) =>
  t.withAuth({ operator: true }).field({
    type: ReleasedAccountRef,
    description:
      'Lets a held account be used, after an operator has made sure whose it is. Recorded with the operator’s ID. A flow that is revoked later holds it again. Idempotent. For operators only.',
    errors: { types: [NotSignedIn, NotAllowed, AccountNotFound, RemovalInProgress] },
    args: { input: t.arg({ type: ReleaseHeldAccountInput }) },
    resolve: (_mutation, { input }, context) => releaseHeldAccount(input, context),
  }),
)

const RemovedHeldAccountRef = builder
  .objectRef<{ accountId: string }>('RemovedHeldAccount')
  .implement({ fields: (t) => ({ accountId: t.exposeID('accountId') }) })

const RemoveHeldAccountInput = builder.inputType('RemoveHeldAccountInput', {
  fields: (t) => ({ accountId: t.id() }),
})

builder.mutationField('removeHeldAccount', (t) =>
  t.withAuth({ operator: true }).field({
    type: RemovedHeldAccountRef,
    description:
      'Deletes a held account at Pipedream, with its credentials. Recorded with the operator’s ID. `AccountNotFound` if the account is not held: use `planDisconnection` for an account that its owner can use. Idempotent. For operators only.',
    errors: { types: [NotSignedIn, NotAllowed, AccountNotFound, PipedreamError] },
    args: { input: t.arg({ type: RemoveHeldAccountInput }) },
    resolve: (_mutation, { input }, context) =>
      callAsGateway(() => removeHeldAccount(input, context)),
  }),
)
