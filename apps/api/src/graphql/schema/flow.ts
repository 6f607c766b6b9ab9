import { PipedreamError } from 'pipedream-client/server'
import {
  cancelFlow,
  confirmConnection,
  findHeldAccountId,
  findOwnFlow,
  type FlowTrouble,
  openFlow,
} from '../../connect/connections.ts'
import {
  AccountMismatch,
  AccountNotFound,
  FlowClosed,
  FlowNotFound,
  NotSignedIn,
  StartedElsewhere,
} from '../../errors.ts'
import { supportCodeOf } from '../../observability/support-code.ts'
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
        'To quote to the operator, such as `ABCD-1234`, whatever goes wrong with this attempt, also in the browser alone.',
      resolve: ({ id }) => supportCodeOf(id),
    }),
    status: t.expose('status', { type: FlowStatusRef }),
    app: t.exposeString('app', { description: 'Slug of the app.' }),
    accountId: t.exposeID('accountId', {
      description: 'The account, once the flow has succeeded.',
      nullable: true,
    }),
    heldAccountId: t.id({
      description:
        'The account that this flow made and that waits to be confirmed, once the gateway knows of it: it looks when it lists the viewer’s accounts, and when Pipedream tells it.',
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
      'Says that somebody begins to connect with the flow’s token, which may have been asked for beforehand: from here on it counts as an attempt. Only the browser that started the flow may say so. Safe to repeat.',
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

const ConfirmConnectionInput = builder.inputType('ConfirmConnectionInput', {
  fields: (t) => ({ flowId: t.id(), accountId: t.id() }),
})

builder.mutationField('confirmConnection', (t) =>
  t.withAuth({ signedIn: true }).field({
    type: ConfirmedConnectionRef,
    description:
      'Closes a flow with the account that it made. The account is re-read from Pipedream, and only the browser that started the flow may confirm it. Safe to repeat.',
    errors: {
      types: [
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
    resolve: (_mutation, { input }, context) => confirmConnection(input, context),
  }),
)

const CancelledFlowRef = builder
  .objectRef<Awaited<ReturnType<typeof cancelFlow>>>('CancelledFlow')
  .implement({ fields: (t) => ({ flow: t.expose('flow', { type: FlowRef }) }) })

const FlowTroubleRef = builder.enumType('FlowTrouble', {
  description: 'Why an attempt to connect came to nothing, as the browser saw it.',
  values: {
    POPUP_BLOCKED: {
      value: 'popup_blocked',
      description: 'The browser did not let the provider’s window open.',
    },
    PAGE_NOT_LOADED: { value: 'page_not_loaded', description: 'The connect page did not load.' },
    STORAGE_BLOCKED: {
      value: 'storage_blocked',
      description: 'The browser keeps nothing for a page within another.',
    },
    OFFLINE: { value: 'offline', description: 'The browser had no network.' },
    PROVIDER_REFUSED: {
      value: 'provider_refused',
      description: 'Pipedream or the provider refused, and the person was told why.',
    },
    TIMED_OUT: { value: 'timed_out', description: 'The connect page was not finished in time.' },
    BAD_ANSWER: {
      value: 'bad_answer',
      description: 'The connect page said something that makes no sense.',
    },
  } as const satisfies Record<Uppercase<FlowTrouble>, { value: FlowTrouble; description: string }>,
})

const CancelFlowInput = builder.inputType('CancelFlowInput', {
  fields: (t) => ({
    flowId: t.id(),
    trouble: t.field({
      type: FlowTroubleRef,
      required: false,
      description: 'Give it when it was not the person’s wish: then the flow has failed.',
    }),
  }),
})

builder.mutationField('cancelFlow', (t) =>
  t.withAuth({ signedIn: true }).field({
    type: CancelledFlowRef,
    description:
      'Closes a flow that the person has left, or that the browser could not go on with. If it turns out to have made an account, it has succeeded instead; a closed flow stays as it is. Safe to repeat.',
    errors: { types: [NotSignedIn, FlowNotFound, StartedElsewhere, PipedreamError] },
    args: { input: t.arg({ type: CancelFlowInput }) },
    resolve: (_mutation, { input }, context) => cancelFlow(input, context),
  }),
)
