import { PipedreamError } from 'pipedream-client/server'
import {
  AccountMismatch,
  AccountNotFound,
  FlowClosed,
  FlowNotFound,
  InvalidInput,
  NotAllowed,
  NotSignedIn,
  PlanChanged,
  RateLimited,
  StartedElsewhere,
  UnknownApp,
} from '../../errors.ts'
import { currentRequest } from '../../observability/log.ts'
import { supportCodeOf } from '../../observability/support-code.ts'
import { isRetryable, retryAfterInt, upstreamSentence } from '../../pipedream/upstream-error.ts'
import { builder } from './builder.ts'
import { FlowStatusRef } from './flow.ts'

const ErrorRef = builder.interfaceRef<Error>('Error').implement({
  description: 'Something that a person can act on; `message` says in a sentence what and how.',
  fields: (t) => ({
    message: t.exposeString('message'),
    supportCode: t.string({
      description:
        'To quote to the operator, such as `ABCD-1234`: it stands for this request, by which the operator finds what happened.',
      resolve: () => supportCodeOf(currentRequest()?.requestId ?? ''),
    }),
  }),
})

const interfaces = [ErrorRef]

builder.objectType(InvalidInput, {
  name: 'InvalidInput',
  description: 'A field of the input is missing or wrong.',
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
  description: 'There is no such account, or it is not the viewer’s.',
  interfaces,
  fields: (t) => ({ accountId: t.exposeID('accountId') }),
})

builder.objectType(AccountMismatch, {
  name: 'AccountMismatch',
  description: 'The account is of another app or comes from another flow.',
  interfaces,
  fields: (t) => ({ accountId: t.exposeID('accountId') }),
})

builder.objectType(FlowNotFound, {
  name: 'FlowNotFound',
  description: 'There is no such flow, or it is not the viewer’s.',
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
  description: 'Another browser started the flow.',
  interfaces,
})

builder.objectType(PlanChanged, {
  name: 'PlanChanged',
  description: 'Other accounts would be disconnected now than the dry run showed.',
  interfaces,
})

builder.objectType(RateLimited, {
  name: 'RateLimited',
  description: 'This was asked too often.',
  interfaces,
  fields: (t) => ({
    retryAfterMs: t.exposeInt('retryAfterMs', {
      description: 'When to try again, in milliseconds from now.',
    }),
  }),
})

builder.objectType(PipedreamError, {
  name: 'UpstreamError',
  description: 'Pipedream refused the call or could not answer it.',
  interfaces,
  fields: (t) => ({
    message: t.string({ resolve: upstreamSentence }),
    retryable: t.boolean({ description: 'Whether trying again may help.', resolve: isRetryable }),
    retryAfterMs: t.int({
      description: 'When to try again, in milliseconds from now, if Pipedream said so.',
      nullable: true,
      resolve: retryAfterInt,
    }),
  }),
})
