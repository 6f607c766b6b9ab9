import { PipedreamError } from 'pipedream-client/server'
import { type ConnectToken, createConnectToken } from '../../connect/connect-tokens.ts'
import {
  prepareConnectToken,
  type PreparedConnectToken,
} from '../../connect/prepare-connect-token.ts'
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
    codeChallenge: t.string({
      required: false,
      description:
        'SHA-256 hash of a secret verifier in base64url, 43 characters, as of PKCE’s method `S256`. The caller that has the verifier may confirm the flow, without the cookie of the browser that started it. Pages of another site must set it. The account of a service’s flow is held only if it is set.',
    }),
  }),
})

const REFUSALS = [
  InvalidInput,
  NotSignedIn,
  NotAllowed,
  UnknownApp,
  AccountNotFound,
  RateLimited,
  PipedreamError,
]

builder.mutationField('createConnectToken', (t) =>
  t.withAuth({ signedIn: true }).field({
    type: ConnectTokenRef,
    description:
      'Creates a connect token and its flow, when the user starts to connect. The user is the viewer, never part of the input; only a service names a user.',
    errors: { types: REFUSALS },
    args: { input: t.arg({ type: CreateConnectTokenInput }) },
    resolve: (_mutation, { input }, context) => createConnectToken(input, context),
  }),
)

const PreparedConnectTokenRef = builder
  .objectRef<PreparedConnectToken>('PreparedConnectToken')
  .implement({
    fields: (t) => ({
      expiresAt: t.expose('expiresAt', {
        type: 'DateTime',
        description: 'Until when the gateway keeps the token.',
      }),
    }),
  })

const PrepareConnectTokenInput = builder.inputType('PrepareConnectTokenInput', {
  fields: (t) => ({
    app: t.string({ required: false, description: 'As in `createConnectToken`.' }),
    accountId: t.id({ required: false, description: 'As in `createConnectToken`.' }),
  }),
})

builder.mutationField('prepareConnectToken', (t) =>
  t.withAuth({ person: true }).field({
    type: PreparedConnectTokenRef,
    description:
      'Makes the next `createConnectToken` with the same input faster, when the user seems about to connect. The gateway creates the token, and keeps it for the viewer in this browser. There is no flow yet. Idempotent.',
    errors: { types: REFUSALS },
    args: { input: t.arg({ type: PrepareConnectTokenInput }) },
    resolve: (_mutation, { input }, context) => prepareConnectToken(input, context),
  }),
)
