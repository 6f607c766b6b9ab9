import { PipedreamError } from 'pipedream-client/server'
import { type ConnectToken, createConnectToken } from '../../connect/connect-tokens.ts'
import {
  AccountNotFound,
  InvalidInput,
  NotAllowed,
  NotSignedIn,
  RateLimited,
  UnknownApp,
} from '../../errors.ts'
import { builder } from './builder.ts'
import { FlowRef } from './flow.ts'

const ConnectTokenRef = builder.objectRef<ConnectToken>('ConnectToken').implement({
  description: 'A short-lived, single-use token for one user’s connect flow.',
  fields: (t) => ({
    token: t.exposeString('token'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    connectLinkUrl: t.exposeString('connectLinkUrl', {
      description: 'The flow’s hosted page, to open in a tab where a frame cannot be used.',
    }),
    connectUrl: t.exposeString('connectUrl', {
      description: 'URL of the flow’s frame.',
    }),
    flow: t.expose('flow', { type: FlowRef }),
  }),
})

const CreateConnectTokenInput = builder.inputType('CreateConnectTokenInput', {
  fields: (t) => ({
    app: t.string({ required: false, description: 'Slug of the app to connect.' }),
    accountId: t.id({
      required: false,
      description: 'One of the viewer’s accounts, to reconnect it in place.',
    }),
    externalUserId: t.id({
      required: false,
      description:
        'The user whose account to connect. Required for services; not allowed for other viewers.',
    }),
  }),
})

builder.mutationField('createConnectToken', (t) =>
  t.withAuth({ signedIn: true }).field({
    type: ConnectTokenRef,
    description:
      'Creates a connect token and its flow; call `openFlow` when it is used. The user is the viewer, never part of the input; only a service names a user.',
    errors: {
      types: [
        InvalidInput,
        NotSignedIn,
        NotAllowed,
        UnknownApp,
        AccountNotFound,
        RateLimited,
        PipedreamError,
      ],
    },
    args: { input: t.arg({ type: CreateConnectTokenInput }) },
    resolve: (_mutation, { input }, context) => createConnectToken(input, context),
  }),
)
