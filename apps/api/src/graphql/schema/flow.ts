import { PipedreamError } from 'pipedream-client/server'
import { confirmConnection } from '../../connect/confirm-connection.ts'
import {
  cancelFlow,
  findHeldAccountId,
  findOwnFlow,
  type FlowTrouble,
  openFlow,
} from '../../connect/own-flows.ts'
import {
  AccountMismatch,
  AccountNotFound,
  FlowClosed,
  FlowNotFound,
  InvalidInput,
  NotSignedIn,
  StartedElsewhere,
} from '../../errors.ts'
import { supportCodeOf } from '../../observability/support-code.ts'
import { callUrgently } from '../../pipedream/upstream-caller.ts'
import type { Flow } from '../../store/flows.ts'
import { AccountRef } from './account.ts'
import { builder } from './builder.ts'

export const FlowStatusRef = builder.enumType('FlowStatus', {
  values: {
    OPEN: { value: 'open' },
    SUCCEEDED: { value: 'succeeded' },
    FAILED: { value: 'failed' },
    CANCELLED: { value: 'cancelled' },
    EXPIRED: { value: 'expired' },
  } as const,
})

export const FlowRef = builder.objectRef<Flow>('Flow').implement({
  description: 'One attempt to connect an account.',
  fields: (t) => ({
    id: t.exposeID('id'),
    supportCode: t.string({
      description:
        'Identifies this flow to support, such as `ABCD-1234`; also for problems that occur only in the browser.',
      resolve: ({ id }) => supportCodeOf(id),
    }),
    status: t.expose('status', { type: FlowStatusRef }),
    app: t.exposeString('app', {
      description: 'Slug of the app; null if the page that uses the connect token chooses it.',
      nullable: true,
    }),
    accountId: t.exposeID('accountId', {
      description: 'The connected account, once the flow has succeeded.',
      nullable: true,
    }),
    heldAccountId: t.id({
      description:
        'The account that this flow created and that awaits confirmation. Set once the gateway knows of it: when it lists the viewer’s accounts, or when it receives Pipedream’s webhook.',
      nullable: true,
      resolve: async (flow, _arguments, context) =>
        (await findHeldAccountId(flow, context)) ?? null,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
  }),
})

builder.queryField('flow', (t) =>
  t.field({
    type: FlowRef,
    nullable: true,
    description: 'One of the viewer’s own flows.',
    args: { id: t.arg.id() },
    resolve: async (_query, { id }, context) => (await findOwnFlow(id, context)) ?? null,
  }),
)

const OpenedFlowRef = builder
  .objectRef<Awaited<ReturnType<typeof openFlow>>>('OpenedFlow')
  .implement({ fields: (t) => ({ flow: t.expose('flow', { type: FlowRef }) }) })

const OpenFlowInput = builder.inputType('OpenFlowInput', {
  fields: (t) => ({ flowId: t.id() }),
})

builder.mutationField('openFlow', (t) =>
  t.withAuth({ signedIn: true }).field({
    type: OpenedFlowRef,
    description:
      'Records that the connect page opens, so that operators can tell whether it did. Only the browser that started the flow may call it, unless the flow has a `codeChallenge`. Idempotent.',
    errors: { types: [NotSignedIn, FlowNotFound, FlowClosed, StartedElsewhere, PipedreamError] },
    args: { input: t.arg({ type: OpenFlowInput }) },
    resolve: (_mutation, { input }, context) => openFlow(input, context),
  }),
)

const ConfirmedConnectionRef = builder
  .objectRef<Awaited<ReturnType<typeof confirmConnection>>>('ConfirmedConnection')
  .implement({
    fields: (t) => ({
      account: t.expose('account', { type: AccountRef }),
      flow: t.expose('flow', { type: FlowRef }),
    }),
  })

const CODE_VERIFIER =
  'The verifier of the flow’s `codeChallenge`: 43 to 128 letters, digits, `-`, `.`, `_` and `~`. Not needed in the browser that started the flow.'

const ConfirmConnectionInput = builder.inputType('ConfirmConnectionInput', {
  fields: (t) => ({
    flowId: t.id(),
    accountId: t.id(),
    codeVerifier: t.string({ required: false, description: CODE_VERIFIER }),
  }),
})

builder.mutationField('confirmConnection', (t) =>
  t.withAuth({ signedIn: true }).field({
    type: ConfirmedConnectionRef,
    description:
      'Closes a flow with the account that it created. The gateway reads the account from Pipedream again, and only the browser that started the flow, or the holder of its `codeVerifier`, may confirm it. Idempotent.',
    errors: {
      types: [
        InvalidInput,
        NotSignedIn,
        FlowNotFound,
        FlowClosed,
        StartedElsewhere,
        AccountNotFound,
        AccountMismatch,
        PipedreamError,
      ],
    },
    args: { input: t.arg({ type: ConfirmConnectionInput }) },
    resolve: (_mutation, { input }, context) =>
      callUrgently(() => confirmConnection(input, context)),
  }),
)

const CancelledFlowRef = builder
  .objectRef<Awaited<ReturnType<typeof cancelFlow>>>('CancelledFlow')
  .implement({ fields: (t) => ({ flow: t.expose('flow', { type: FlowRef }) }) })

const FlowTroubleRef = builder.enumType('FlowTrouble', {
  description: 'Why a flow failed in the browser.',
  values: {
    POPUP_BLOCKED: {
      value: 'popup_blocked',
      description: 'The browser blocked the provider’s window.',
    },
    PAGE_NOT_LOADED: { value: 'page_not_loaded', description: 'The connect page did not load.' },
    STORAGE_BLOCKED: {
      value: 'storage_blocked',
      description: 'The browser blocks storage for pages in frames.',
    },
    OFFLINE: { value: 'offline', description: 'The browser was offline.' },
    PROVIDER_REFUSED: {
      value: 'provider_refused',
      description: 'Pipedream or the provider denied the connection, and the page said why.',
    },
    TIMED_OUT: { value: 'timed_out', description: 'The connect page was not finished in time.' },
    BAD_ANSWER: {
      value: 'bad_answer',
      description: 'The connect page sent an invalid message.',
    },
  } as const satisfies Record<Uppercase<FlowTrouble>, { value: FlowTrouble; description: string }>,
})

const CancelFlowInput = builder.inputType('CancelFlowInput', {
  fields: (t) => ({
    flowId: t.id(),
    codeVerifier: t.string({
      required: false,
      description:
        'As in `confirmConnection`. Without it, a flow with a `codeChallenge` only closes, also if it has created an account.',
    }),
    trouble: t.field({
      type: FlowTroubleRef,
      required: false,
      description: 'Set it if the user did not cancel: the flow then counts as failed.',
    }),
  }),
})

builder.mutationField('cancelFlow', (t) =>
  t.withAuth({ signedIn: true }).field({
    type: CancelledFlowRef,
    description:
      'Closes a flow that the user left, or that failed in the browser. If the flow turns out to have created an account, it succeeds instead. A closed flow does not change. Idempotent.',
    errors: { types: [InvalidInput, NotSignedIn, FlowNotFound, StartedElsewhere, PipedreamError] },
    args: { input: t.arg({ type: CancelFlowInput }) },
    resolve: (_mutation, { input }, context) => callUrgently(() => cancelFlow(input, context)),
  }),
)
