import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import type {
  Account,
  CreateAccountInput,
  ListAccountsQuery,
  ListUserAccountsQuery,
} from './account.ts'
import type { CallApi } from './call-api.ts'
import { checkConnectToken, checkFieldValues, checkInput, checkRequired } from './check-input.ts'
import { type FetchPage, listPage, type Page } from './page.ts'
import { secretTexts } from './secret-texts.ts'
import {
  readAccount,
  readAccounts,
  readUserAccounts,
  writeAccountRequest,
  writeAccountsQuery,
  writeCreateAccountQuery,
  writeCredentialsQuery,
  writeUserAccountsQuery,
} from './wire/account.ts'
import { readNothing } from './wire/nothing.ts'

/** What `accounts.get` takes besides the id. */
export interface GetAccountOptions extends CallOptions {
  /** Ask for the provider's secrets too; see `Account.credentials`. Default: false. */
  includeCredentials?: boolean | undefined
}

/** Connected accounts of the project and its environment. */
export interface Accounts {
  /**
   * Connects an account by keys that you asked your user for, without Pipedream's page. The bearer is the client's own, as the
   * official SDK sends it; Pipedream publishes that the connect token is what counts. It is never repeated by itself.
   * Throws `ERR_BAD_REQUEST` when the provider refuses the keys (inferred: the status is not documented), or another
   * `PipedreamError`.
   */
  create(input: CreateAccountInput, options?: CallOptions): Promise<Account>
  /** One page of accounts; walk it with `for await` to get them all. Throws a `PipedreamError`. */
  list(query?: ListAccountsQuery, options?: CallOptions): Promise<Page<Account>>
  /** One account, `apn_...`. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  get(accountId: string, options?: GetAccountOptions): Promise<Account>
  /**
   * Deletes an account, its credentials included, at Pipedream; the grant at the provider may remain.
   * Throws `ERR_NOT_FOUND`, or another `PipedreamError`.
   */
  delete(accountId: string, options?: CallOptions): Promise<void>
  /**
   * Deletes every account of an app, whoever connected it, in the project's environment. The app is given by slug or by the id
   * of an OAuth client, `oa_...`. Throws `ERR_NOT_FOUND`, or another `PipedreamError`.
   */
  deleteByApp(app: string, options?: CallOptions): Promise<void>
  /**
   * All accounts of one user, at once rather than by page. An id with a slash, or with `?`, `#`, `%` or `\`, cannot be put into
   * a path and is refused: ask `list` for it. Throws `ERR_NOT_FOUND`, or another `PipedreamError`.
   */
  listByExternalUser(
    externalUserId: string,
    query?: ListUserAccountsQuery,
    options?: CallOptions,
  ): Promise<readonly Account[]>
}

export function createAccounts(callApi: CallApi, projectId: string): Accounts {
  const collection = ['connect', projectId, 'accounts']
  const one = (accountId: string) => [...collection, checkSegment('accountId', accountId)]
  const fetchPage: FetchPage<Account, ListAccountsQuery> = (query, options) =>
    callApi(
      { method: 'GET', path: collection, query: writeAccountsQuery(query), read: readAccounts },
      options,
    )
  return {
    async create(input, options) {
      checkNewAccount(input)
      return callApi(
        {
          method: 'POST',
          path: collection,
          query: writeCreateAccountQuery(input),
          body: writeAccountRequest(input),
          secrets: secretTexts(input.connectToken, ...Object.values(input.customFieldValues)),
          refusal:
            'Pipedream did not accept the connect token, or not the client credentials. Make a new connect token and try again.',
          read: readAccount,
        },
        options,
      )
    },
    async list(query = {}, options) {
      const { externalUserId, app, oauthAppId } = query
      for (const [name, text] of Object.entries({ externalUserId, app, oauthAppId })) {
        checkInput(name, text)
      }
      return listPage(fetchPage, query, options)
    },
    async get(accountId, options) {
      const query = writeCredentialsQuery(options?.includeCredentials)
      return callApi({ method: 'GET', path: one(accountId), query, read: readAccount }, options)
    },
    async delete(accountId, options) {
      return callApi({ method: 'DELETE', path: one(accountId), read: readNothing }, options)
    },
    async deleteByApp(app, options) {
      const path = ['connect', projectId, 'apps', checkSegment('app', app), 'accounts']
      return callApi({ method: 'DELETE', path, read: readNothing }, options)
    },
    async listByExternalUser(externalUserId, query = {}, options) {
      const user = checkSegment('externalUserId', externalUserId)
      checkInput('app', query.app)
      const path = ['connect', projectId, 'users', user, 'accounts']
      const wireQuery = writeUserAccountsQuery(query)
      return callApi({ method: 'GET', path, query: wireQuery, read: readUserAccounts }, options)
    },
  }
}

function checkNewAccount(input: CreateAccountInput): void {
  checkConnectToken(input.connectToken)
  checkRequired('app', input.app)
  checkFieldValues(input.customFieldValues ?? null)
  const { name, accountId, appOverrideId, externalUserId, oauthAppId } = input
  const texts = { name, accountId, appOverrideId, externalUserId, oauthAppId }
  for (const [key, text] of Object.entries(texts)) checkInput(key, text)
}
