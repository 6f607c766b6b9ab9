import type { Pipedream } from '@pipedream/sdk'
import type {
  CreateAccountInput,
  ListAccountsQuery,
  ListUserAccountsQuery,
  ListUsersQuery,
} from 'pipedream-client/server'
import { all, type Case, pair, refused } from '../case.ts'
import { consume } from '../consume.ts'

const keys = { api_key: 'a-key', 'camelCase stays': true }

/** Accounts and users. */
export const accountCases: readonly Case[] = [
  pair('accounts.list', 'accounts.list', {
    'no options': {
      official: ({ accounts }) => accounts.list(),
      ours: ({ accounts }) => accounts.list(),
    },
    'all options': {
      official: ({ accounts }) =>
        accounts.list(
          all<Pipedream.AccountsListRequest>({
            externalUserId: 'ada 1/é+&',
            oauthAppId: 'oa_1',
            after: 'A==',
            before: 'B==',
            limit: 5,
            app: 'slack',
            includeCredentials: true,
          }),
        ),
      ours: ({ accounts }) =>
        accounts.list(
          all<ListAccountsQuery>({
            externalUserId: 'ada 1/é+&',
            oauthAppId: 'oa_1',
            after: 'A==',
            before: 'B==',
            limit: 5,
            app: 'slack',
            includeCredentials: true,
          }),
        ),
    },
    'credentials explicitly not requested': {
      official: ({ accounts }) => accounts.list({ includeCredentials: false }),
      ours: ({ accounts }) => accounts.list({ includeCredentials: false }),
    },
    'every page': {
      official: async ({ accounts }) => consume(await accounts.list({ app: 'slack', limit: 1 })),
      ours: async ({ accounts }) => consume(await accounts.list({ app: 'slack', limit: 1 })),
    },
    'a blank user': {
      official: ({ accounts }) => accounts.list({ externalUserId: '' }),
      ours: ({ accounts }) => accounts.list({ externalUserId: '' }),
      differs: {
        because:
          'A blank user is a bug of the caller, and a server may read it as all users: it is rejected.',
        facts: refused('GET /v1/connect/proj_AbC123/accounts?external_user_id='),
      },
    },
  }),
  pair('accounts.create', 'accounts.create', {
    'no options': {
      official: ({ accounts }) =>
        accounts.create({
          appSlug: 'openai',
          cfmapJson: JSON.stringify(keys),
          connectToken: 'ctok_1',
        }),
      ours: ({ accounts }) =>
        accounts.create({ app: 'openai', customFieldValues: keys, connectToken: 'ctok_1' }),
    },
    'all options': {
      official: ({ accounts }) =>
        accounts.create(
          all<Pipedream.CreateAccountOpts>({
            externalUserId: 'ada',
            oauthAppId: 'oa_1',
            appSlug: 'openai',
            cfmapJson: JSON.stringify(keys),
            connectToken: 'ctok_1',
            name: 'A key',
            accountId: 'apn_1',
            appOverrideId: 'ao_1',
          }),
        ),
      ours: ({ accounts }) =>
        accounts.create(
          all<CreateAccountInput>({
            externalUserId: 'ada',
            oauthAppId: 'oa_1',
            app: 'openai',
            customFieldValues: keys,
            connectToken: 'ctok_1',
            name: 'A key',
            accountId: 'apn_1',
            appOverrideId: 'ao_1',
          }),
        ),
    },
  }),
  pair('accounts.retrieve', 'accounts.get', {
    'no options': {
      official: ({ accounts }) => accounts.retrieve('apn_1'),
      ours: ({ accounts }) => accounts.get('apn_1'),
    },
    'all options': {
      official: ({ accounts }) =>
        accounts.retrieve(
          'apn_1',
          all<Pipedream.AccountsRetrieveRequest>({ includeCredentials: true }),
        ),
      ours: ({ accounts }) => accounts.get('apn_1', { includeCredentials: true }),
    },
    'an ID of dots': {
      official: ({ accounts }) => accounts.retrieve('..'),
      ours: ({ accounts }) => accounts.get('..'),
      differs: {
        because:
          '`fetch` resolves `..`, so another path would be requested: such IDs are rejected.',
        facts: refused('GET /v1/connect/proj_AbC123/', 'PipedreamError'),
      },
    },
  }),
  pair('accounts.delete', 'accounts.delete', {
    'no options': {
      official: ({ accounts }) => accounts.delete('apn_1'),
      ours: ({ accounts }) => accounts.delete('apn_1'),
    },
    'a blank id': {
      official: ({ accounts }) => accounts.delete(''),
      ours: ({ accounts }) => accounts.delete(''),
      differs: {
        because: 'A blank ID would request the deletion of the whole list: it is rejected.',
        facts: refused('DELETE /v1/connect/proj_AbC123/accounts/', 'PipedreamError'),
      },
    },
  }),
  pair('accounts.deleteByApp', 'accounts.deleteByApp', {
    'no options': {
      official: ({ accounts }) => accounts.deleteByApp('app_1'),
      ours: ({ accounts }) => accounts.deleteByApp('app_1'),
    },
  }),
  pair('accounts.listByExternalUser', 'accounts.listByExternalUser', {
    'no options': {
      official: ({ accounts }) => accounts.listByExternalUser('ada 1é'),
      ours: ({ accounts }) => accounts.listByExternalUser('ada 1é'),
    },
    'all options': {
      official: ({ accounts }) =>
        accounts.listByExternalUser(
          'ada',
          all<Pipedream.AccountsListByExternalUserRequest>({
            includeCredentials: false,
            app: 'slack',
          }),
        ),
      ours: ({ accounts }) =>
        accounts.listByExternalUser(
          'ada',
          all<ListUserAccountsQuery>({ includeCredentials: false, app: 'slack' }),
        ),
    },
  }),
  pair('users.list', 'users.list', {
    'no options': {
      official: ({ users }) => users.list(),
      ours: ({ users }) => users.list(),
    },
    'all options': {
      official: ({ users }) =>
        users.list(
          all<Pipedream.UsersListRequest>({ after: 'A', before: 'B', limit: 2, q: 'a d' }),
        ),
      ours: ({ users }) =>
        users.list(all<ListUsersQuery>({ after: 'A', before: 'B', limit: 2, search: 'a d' })),
    },
  }),
  pair('users.deleteExternalUser', 'users.delete', {
    'no options': {
      official: ({ users }) => users.deleteExternalUser('ada@example.com'),
      ours: ({ users }) => users.delete('ada@example.com'),
    },
    'an id with a slash': {
      official: ({ users }) => users.deleteExternalUser('ada/1'),
      ours: ({ users }) => users.delete('ada/1'),
      differs: {
        because:
          'Servers and proxies treat an encoded slash differently, which a deletion must not depend on: it is rejected.',
        facts: refused('DELETE /v1/connect/proj_AbC123/users/ada%2F1'),
      },
    },
  }),
]
