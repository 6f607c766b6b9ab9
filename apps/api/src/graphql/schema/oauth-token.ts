import { type AccessToken, PipedreamError } from 'pipedream-client/server'
import { createAccessToken } from '../../connect/create-access-token.ts'
import { InvalidInput, NotAllowed, NotSignedIn } from '../../errors.ts'
import { builder } from './builder.ts'

const OAuthTokenRef = builder.objectRef<AccessToken>('OAuthToken').implement({
  description:
    'An access token that opens the whole Pipedream workspace. It must never reach an end user’s browser.',
  fields: (t) => ({
    accessToken: t.exposeString('accessToken'),
    tokenType: t.exposeString('tokenType'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    scope: t.string({
      description:
        'What the token may do, as Pipedream or else the input says; null: everything that the client may.',
      nullable: true,
      resolve: ({ scope }) => scope,
    }),
  }),
})

const OAuthTokenInput = builder.inputType('OAuthTokenInput', {
  fields: (t) => ({
    scope: t.string({ required: false, description: 'Scopes, separated by spaces; default: all.' }),
  }),
})

builder.mutationField('oauthToken', (t) =>
  t.withAuth({ trusted: true }).field({
    type: OAuthTokenRef,
    description: 'Mints an access token. Services and operators only.',
    errors: {
      types: [InvalidInput, NotSignedIn, NotAllowed, PipedreamError],
      union: { name: 'OAuthTokenResult' },
    },
    args: { input: t.arg({ type: OAuthTokenInput, required: false }) },
    resolve: (_mutation, { input }, context) =>
      createAccessToken(input?.scope, context.viewer, context),
  }),
)
