import type { Pipedream } from '@pipedream/sdk'
import type {
  CreateConnectTokenInput,
  CreateOAuthTokenInput,
  ValidateConnectTokenQuery,
} from 'pipedream-client/server'
import { all, type Case, pair, refused } from '../case.ts'

const credentials = { clientId: 'conformance-client', clientSecret: 'conformance-secret' }
const scope = 'connect:accounts:read connect:tokens:create'

/** OAuth tokens and connect tokens. */
export const tokenCases: readonly Case[] = [
  pair('oauthTokens.create', 'oauthTokens.create', {
    'no options': {
      official: ({ oauthTokens }) => oauthTokens.create(credentials),
      ours: ({ oauthTokens }) => oauthTokens.create(),
    },
    'all options': {
      official: ({ oauthTokens }) =>
        oauthTokens.create(all<Pipedream.CreateOAuthTokenOpts>({ ...credentials, scope })),
      ours: ({ oauthTokens }) => oauthTokens.create(all<CreateOAuthTokenInput>({ scope })),
    },
  }),
  pair('rawAccessToken', 'oauthTokens.create', {
    'the token of the client itself': {
      official: (client) => client.rawAccessToken,
      ours: ({ oauthTokens }) => oauthTokens.create(),
    },
  }),
  pair('tokens.create', 'connectTokens.create', {
    'no options': {
      official: ({ tokens }) => tokens.create({ externalUserId: 'ada' }),
      ours: ({ connectTokens }) => connectTokens.create({ externalUserId: 'ada' }),
    },
    'all options': {
      official: ({ tokens }) =>
        tokens.create(
          all<Pipedream.CreateTokenOpts>({
            externalUserId: 'ada/é 1',
            allowedOrigins: ['https://app.example.com', 'http://localhost:3000'],
            expiresIn: 600,
            scope,
            successRedirectUri: 'https://app.example.com/ok?a=1',
            errorRedirectUri: 'https://app.example.com/failed',
            webhookUri: 'https://app.example.com/hooks',
            allowProgressiveScopes: true,
            appId: 'slack',
            oauthAppId: 'oa_1',
          }),
        ),
      ours: ({ connectTokens }) =>
        connectTokens.create(
          all<CreateConnectTokenInput>({
            externalUserId: 'ada/é 1',
            allowedOrigins: ['https://app.example.com', 'http://localhost:3000'],
            expiresInMs: 600_000,
            scope,
            successRedirectUri: 'https://app.example.com/ok?a=1',
            errorRedirectUri: 'https://app.example.com/failed',
            webhookUri: 'https://app.example.com/hooks',
            allowProgressiveScopes: true,
            app: 'slack',
            oauthAppId: 'oa_1',
          }),
        ),
    },
  }),
  pair('tokens.validate', 'connectTokens.validate', {
    'no options': {
      official: ({ tokens }) => tokens.validate('ctok_0123'),
      ours: ({ connectTokens }) => connectTokens.validate('ctok_0123'),
    },
    'all options': {
      official: ({ tokens }) =>
        tokens.validate(
          'ctok_0123',
          all<Pipedream.TokensValidateRequest>({
            appId: 'slack',
            accountId: 'apn_1',
            oauthAppId: 'oa_1',
            appOverrideId: 'ao_1',
          }),
        ),
      ours: ({ connectTokens }) =>
        connectTokens.validate(
          'ctok_0123',
          all<ValidateConnectTokenQuery>({
            app: 'slack',
            accountId: 'apn_1',
            oauthAppId: 'oa_1',
            appOverrideId: 'ao_1',
          }),
        ),
    },
    'not a connect token': {
      official: ({ tokens }) => tokens.validate('../../oauth'),
      ours: ({ connectTokens }) => connectTokens.validate('../../oauth'),
      differs: {
        because:
          'A connect token is part of the path. Other strings are rejected, so that no other path can be requested.',
        facts: refused('GET /v1/connect/tokens/..%2F..%2Foauth/validate'),
      },
    },
  }),
]
