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
  description: 'A short-lived, single-use token for one person’s connect flow.',
  fields: (t) => ({
    token: t.exposeString('token'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    connectLinkUrl: t.exposeString('connectLinkUrl', {
      description: 'Hosted page of this flow, to open in a tab where frames do not serve.',
    }),
    connectUrl: t.exposeString('connectUrl', {
      description: 'Where the browser opens the frame of this flow.',
    }),
    flow: t.expose('flow', { type: FlowRef }),
  }),
})

const CreateConnectTokenInput = builder.inputType('CreateConnectTokenInput', {
  fields: (t) => ({
    app: t.string({ required: false, description: 'Slug of the app to connect.' }),
    accountId: t.id({
      required: false,
      description: 'One of the viewer’s accounts to reconnect in place.',
    }),
    externalUserId: t.id({
      required: false,
      description: 'Whose account to connect. A service must give it; nobody else may.',
    }),
  }),
})

builder.mutationField('createConnectToken', (t) =>
  t.withAuth({ signedIn: true }).field({
    type: ConnectTokenRef,
    description:
      'Hands out a connect token with its flow; `openFlow` says that it is used. Whose account it connects comes from who the viewer is, never from the input, unless a service asks.',
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
