import { PipedreamError } from 'pipedream-client/server'
import type { HoldReason } from '../../connect/account-hold.ts'
import { type ConnectedAccount, disconnectAccount } from '../../connect/accounts.ts'
import { keepAccount } from '../../connect/keep-account.ts'
import {
  AccountNotFound,
  FinishedElsewhere,
  FlowStillOpen,
  InvalidInput,
  NotAllowed,
  NotSignedIn,
  RemovalInProgress,
  StartedElsewhere,
} from '../../errors.ts'
import { supportCodeOf } from '../../observability/support-code.ts'
import { callUrgently } from '../../pipedream/upstream-caller.ts'
import type { List } from '../../pipedream/upstream-cache.ts'
import { AppRef } from './app.ts'
import { builder } from './builder.ts'
import { PageInfoRef, STALE_SINCE } from './page.ts'

export const HeldReasonRef = builder.enumType('HeldReason', {
  description: 'Why an account is held.',
  values: {
    NOT_CONFIRMED: {
      value: 'not_confirmed',
      description:
        'Its flow is open: the browser that started it, or the holder of its `codeVerifier`, may confirm it.',
    },
    NOT_FINISHED: {
      value: 'not_finished',
      description:
        'It appeared while a connect token of its owner was valid, and no flow was confirmed with it. Its owner may keep it in the browser that started the flow, or with its `codeVerifier`.',
    },
    FINISHED_ELSEWHERE: {
      value: 'finished_elsewhere',
      description:
        'Another browser or user finished the flow that may have created or changed it. Its owner may only remove it.',
    },
    UNKNOWN_AGE: {
      value: 'unknown_age',
      description:
        'Pipedream does not say when it was created, and it appeared during a flow. Its owner may keep it.',
    },
  } as const satisfies Record<Uppercase<HoldReason>, { value: HoldReason; description: string }>,
})

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
        'True until its flow is confirmed, its owner keeps it, or an operator releases it. A held account cannot be used.',
      resolve: ({ hold }) => hold !== null,
    }),
    heldFlowId: t.id({
      nullable: true,
      description:
        'The flow that the account waits for, or whose end left it unconfirmed; null if the account is not held.',
      resolve: ({ hold }) => hold?.flowId ?? null,
    }),
    heldSupportCode: t.string({
      nullable: true,
      description:
        'Identifies that flow to support, such as `ABCD-1234`; null if the account is not held.',
      resolve: ({ hold }) => hold && supportCodeOf(hold.flowId),
    }),
    heldReason: t.field({
      type: HeldReasonRef,
      nullable: true,
      description: 'Why the account is held; null if it is not.',
      resolve: ({ hold }) => hold?.reason ?? null,
    }),
    canKeep: t.boolean({
      description: 'Whether `keepAccount` works now, in this browser, without a `codeVerifier`.',
      resolve: ({ hold }, _arguments, { browser }) =>
        hold?.keepers.some(({ browserHash }) => browserHash === browser.hash) ?? false,
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

const KeptAccountRef = builder
  .objectRef<Awaited<ReturnType<typeof keepAccount>>>('KeptAccount')
  .implement({ fields: (t) => ({ account: t.expose('account', { type: AccountRef }) }) })

const KeepAccountInput = builder.inputType('KeepAccountInput', {
  fields: (t) => ({
    accountId: t.id(),
    codeVerifier: t.string({
      required: false,
      description:
        'The verifier of the ended flow, as in `confirmConnection`. Not needed in the browser that started the flow.',
    }),
  }),
})

builder.mutationField('keepAccount', (t) =>
  t.withAuth({ person: true }).field({
    type: KeptAccountRef,
    description:
      'Releases one of the viewer’s held accounts after its flow has ended, in the browser that started the flow or with its `codeVerifier`. Idempotent.',
    errors: {
      types: [
        InvalidInput,
        NotSignedIn,
        NotAllowed,
        AccountNotFound,
        FlowStillOpen,
        StartedElsewhere,
        FinishedElsewhere,
        RemovalInProgress,
        PipedreamError,
      ],
    },
    args: { input: t.arg({ type: KeepAccountInput }) },
    resolve: (_mutation, { input }, context) => callUrgently(() => keepAccount(input, context)),
  }),
)
