import { type AccessToken, PipedreamError } from 'pipedream-client/server'
import { createAccessToken } from '../../connect/create-access-token.ts'
import { InvalidInput, NotAllowed, NotSignedIn } from '../../errors.ts'
import { builder } from './builder.ts'

const OAuthTokenRef = builder.objectRef<AccessToken>('OAuthToken').implement({
  description:
    'An access token for the whole Pipedream workspace. It must never reach an end user’s browser.',
  fields: (t) => ({
    accessToken: t.exposeString('accessToken'),
    tokenType: t.exposeString('tokenType'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    scope: t.string({
      description:
        'The token’s scopes, as returned by Pipedream, or else as requested; null for everything the client may do.',
      nullable: true,
      resolve: ({ scope }) => scope,
    }),
  }),
})

const OAuthTokenInput = builder.inputType('OAuthTokenInput', {
  fields: (t) => ({
    scope: t.string({ required: false, description: 'Scopes, separated by spaces. Default: all.' }),
  }),
})

builder.mutationField('oauthToken', (t) =>
  t.withAuth({ trusted: true }).field({
    type: OAuthTokenRef,
    description: 'Creates an access token. For services and operators only.',
    errors: {
      types: [InvalidInput, NotSignedIn, NotAllowed, PipedreamError],
      union: { name: 'OAuthTokenResult' },
    },
    args: { input: t.arg({ type: OAuthTokenInput, required: false }) },
    resolve: (_mutation, { input }, context) =>
      createAccessToken(input?.scope, context.viewer, context),
  }),
)
