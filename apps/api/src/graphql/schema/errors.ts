import { PipedreamError } from 'pipedream-client/server'
import {
  AccountMismatch,
  AccountNotFound,
  EventsSkipped,
  FinishedElsewhere,
  FlowClosed,
  FlowNotFound,
  FlowStillOpen,
  InvalidInput,
  NotAllowed,
  NotSignedIn,
  PlanChanged,
  RateLimited,
  RemovalInProgress,
  StartedElsewhere,
  UnknownApp,
} from '../../errors.ts'
import { currentRequest } from '../../observability/log.ts'
import { supportCodeOf } from '../../observability/support-code.ts'
import { isRetryable, retryAfterInt, upstreamSentence } from '../../pipedream/upstream-error.ts'
import { builder } from './builder.ts'
import { FlowStatusRef } from './flow.ts'

const ErrorRef = builder.interfaceRef<Error>('Error').implement({
  description:
    'An error that the user can act on; `message` says what happened and what to do next.',
  fields: (t) => ({
    message: t.exposeString('message'),
    supportCode: t.string({
      description:
        'Identifies this request to support, such as `ABCD-1234`; operators can search for it.',
      resolve: () => supportCodeOf(currentRequest()?.requestId ?? ''),
    }),
  }),
})

const interfaces = [ErrorRef]

builder.objectType(InvalidInput, {
  name: 'InvalidInput',
  description: 'A field of the input is missing or invalid.',
  interfaces,
  fields: (t) => ({ field: t.exposeString('field') }),
})

builder.objectType(NotSignedIn, { name: 'NotSignedIn', interfaces })

builder.objectType(NotAllowed, { name: 'NotAllowed', interfaces })

builder.objectType(UnknownApp, {
  name: 'UnknownApp',
  interfaces,
  fields: (t) => ({ slug: t.exposeString('slug') }),
})

builder.objectType(AccountNotFound, {
  name: 'AccountNotFound',
  description: 'The account does not exist, or belongs to another user.',
  interfaces,
  fields: (t) => ({ accountId: t.exposeID('accountId') }),
})

builder.objectType(AccountMismatch, {
  name: 'AccountMismatch',
  description: 'The account belongs to another app or to another flow.',
  interfaces,
  fields: (t) => ({ accountId: t.exposeID('accountId') }),
})

builder.objectType(FlowNotFound, {
  name: 'FlowNotFound',
  description: 'The flow does not exist, or belongs to another user.',
  interfaces,
  fields: (t) => ({ flowId: t.exposeID('flowId') }),
})

builder.objectType(FlowClosed, {
  name: 'FlowClosed',
  interfaces,
  fields: (t) => ({ status: t.expose('status', { type: FlowStatusRef }) }),
})

builder.objectType(StartedElsewhere, {
  name: 'StartedElsewhere',
  description:
    'Neither this browser’s cookie nor the `codeVerifier` is the one that the flow was started with.',
  interfaces,
})

builder.objectType(EventsSkipped, {
  name: 'EventsSkipped',
  description:
    'More than 1,000 events were missed, so the subscription sends none of them and ends. Read the lists again, and subscribe after `lastEventId`.',
  interfaces,
  fields: (t) => ({
    lastEventId: t.exposeID('lastEventId', { description: 'ID of the newest event.' }),
  }),
})

builder.objectType(FinishedElsewhere, {
  name: 'FinishedElsewhere',
  description:
    'Another browser or user finished the account’s flow: only an operator may release it.',
  interfaces,
})

builder.objectType(FlowStillOpen, {
  name: 'FlowStillOpen',
  description: 'The account’s flow has not ended: confirm or cancel it first.',
  interfaces,
})

builder.objectType(RemovalInProgress, {
  name: 'RemovalInProgress',
  description:
    'The account is being deleted at Pipedream. If that fails, it stays held, and the mutation can be repeated.',
  interfaces,
  fields: (t) => ({ accountId: t.exposeID('accountId') }),
})

builder.objectType(PlanChanged, {
  name: 'PlanChanged',
  description: 'The list of accounts has changed since the plan.',
  interfaces,
})

builder.objectType(RateLimited, {
  name: 'RateLimited',
  description: 'Too many requests.',
  interfaces,
  fields: (t) => ({
    retryAfterMs: t.exposeInt('retryAfterMs', {
      description: 'When to retry, in milliseconds from now.',
    }),
  }),
})

builder.objectType(PipedreamError, {
  name: 'UpstreamError',
  description: 'Pipedream rejected the call, or could not be reached.',
  interfaces,
  fields: (t) => ({
    message: t.string({ resolve: upstreamSentence }),
    retryable: t.boolean({ description: 'Whether a retry may succeed.', resolve: isRetryable }),
    retryAfterMs: t.int({
      description: 'When to retry, in milliseconds from now; null if unknown.',
      nullable: true,
      resolve: retryAfterInt,
    }),
  }),
})
