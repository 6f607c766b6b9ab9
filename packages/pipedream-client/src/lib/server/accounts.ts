import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import type { App } from './apps.ts'
import { type CallApi, secretStrings } from './call-api.ts'
import { checkConnectToken, checkFieldValues, checkInput, checkRequired } from './check-input.ts'
import { type FetchPage, listPage, type Page, type PageQuery } from './page.ts'
import { readNothing } from './read-json.ts'
import {
  readAccount,
  readAccounts,
  readUserAccounts,
  writeAccountRequest,
  writeAccountsQuery,
  writeCreateAccountQuery,
  writeCredentialsQuery,
  writeUserAccountsQuery,
} from './wire/accounts.ts'

/** A third-party account that one of your users connected. */
export interface Account {
  /** `apn_...`. The only key that Pipedream documents as always present; others may be null. */
  readonly id: string
  /** Often the provider's e-mail address or handle; null if unknown. */
  readonly name: string | null
  /** Your id for your user; null if unknown. */
  readonly externalUserId: string | null
  /** False if the last refresh or test failed; Pipedream documents that it retries. Null if Pipedream did not say. */
  readonly healthy: boolean | null
  /** True if Pipedream has given up retrying, so that the user must reconnect. */
  readonly dead: boolean
  /** Why the account is not healthy; null if there is no error. */
  readonly error: string | null
  /** The connected app; null if Pipedream did not say. */
  readonly app: App | null
  /** When the account was connected; null if unknown. */
  readonly createdAt: Date | null
  /** When the account last changed; null if unknown. */
  readonly updatedAt: Date | null
  /** Granted OAuth scopes; empty for apps without OAuth. */
  readonly authorizedScopes: readonly string[]
  /** When the provider's credentials expire; null if unknown or never. */
  readonly expiresAt: Date | null
  /** When Pipedream last refreshed the credentials; null if unknown or never. */
  readonly lastRefreshedAt: Date | null
  /** When Pipedream will next refresh the credentials; null if unknown or never. */
  readonly nextRefreshAt: Date | null
  /**
   * The provider's secrets, by the app's own keys. Never log them. Null unless `includeCredentials` is set. For OAuth apps,
   * Pipedream documents that it returns them only for accounts connected through your own OAuth client.
   */
  readonly credentials: Readonly<Record<string, unknown>> | null
  /** The unmodified response, including keys that this type omits, and the credentials if requested. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Query of `accounts.list`. */
export interface ListAccountsQuery extends PageQuery {
  /** Only accounts of this user. Default: all users. A blank string throws, because Pipedream treats it as all users. */
  externalUserId?: string | undefined
  /** Only accounts of this app, given by slug or id. Default: all apps. */
  app?: string | undefined
  /** Only accounts connected through this OAuth client of yours, `oa_...`. Default: all. */
  oauthAppId?: string | undefined
  /** Whether to include the provider's secrets; see `Account.credentials`. Default: false. */
  includeCredentials?: boolean | undefined
}

/** Input of `accounts.create`. */
export interface CreateAccountInput {
  /** `ctok_...`. Pipedream documents that the token determines the account's user, and that success consumes the token. */
  connectToken: string
  /** Slug of an app with the `authType` `keys`. */
  app: string
  /**
   * The user's input, by the names of `App.customFields`, including keys and passwords. No error or log message of this client
   * contains it.
   */
  customFieldValues: Readonly<Record<string, unknown>>
  /** Name of the account. Default: chosen by Pipedream. */
  name?: string | undefined
  /** The account to reconnect, `apn_...`. It must belong to the token's user and to the same app. Default: a new account. */
  accountId?: string | undefined
  /**
   * Id of an app override, `ao_...`. Pipedream documents that its values take precedence over `customFieldValues`. Default:
   * none.
   */
  appOverrideId?: string | undefined
  /** Your id for your user, for information only: the connect token determines the user. Default: not sent. */
  externalUserId?: string | undefined
  /** Your own OAuth client, `oa_...`. Default: not sent. */
  oauthAppId?: string | undefined
}

/** Query of `accounts.listByExternalUser`. */
export interface ListUserAccountsQuery {
  /** Only accounts of this app, given by slug or id. Default: all apps. */
  app?: string | undefined
  /** Whether to include the provider's secrets; see `Account.credentials`. Default: false. */
  includeCredentials?: boolean | undefined
}

/** Options of `accounts.get`. */
export interface GetAccountOptions extends CallOptions {
  /** Whether to include the provider's secrets; see `Account.credentials`. Default: false. */
  includeCredentials?: boolean | undefined
}

/** The connected accounts of the project in its environment. */
export interface Accounts {
  /**
   * Connects an account with keys that you asked your user for, without Pipedream's page. Sends the client's own access token,
   * as the official SDK does; Pipedream documents that the connect token decides. Never retried, unless `repeatable` is set.
   * Throws `ERR_BAD_REQUEST` if the provider rejects the keys (inferred: Pipedream does not document the status), or another
   * `PipedreamError`.
   */
  create(input: CreateAccountInput, options?: CallOptions): Promise<Account>
  /** Resolves to one page of accounts; iterate over it with `for await` to get them all. Throws a `PipedreamError`. */
  list(query?: ListAccountsQuery, options?: CallOptions): Promise<Page<Account>>
  /** Resolves to the account `apn_...`. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  get(accountId: string, options?: GetAccountOptions): Promise<Account>
  /**
   * Deletes an account and its credentials at Pipedream. The grant at the provider may remain. Throws `ERR_NOT_FOUND`, or
   * another `PipedreamError`.
   */
  delete(accountId: string, options?: CallOptions): Promise<void>
  /**
   * Deletes the accounts of all users for an app in the project's environment. `app` is a slug, or the id of an OAuth client,
   * `oa_...`. Throws `ERR_NOT_FOUND`, or another `PipedreamError`.
   */
  deleteByApp(app: string, options?: CallOptions): Promise<void>
  /**
   * Resolves to all accounts of one user, without pagination. Throws `ERR_INVALID_INPUT` for a user id that contains `/`, `?`,
   * `#`, `%` or `\`, which a path cannot contain; use `list` for those. Throws `ERR_NOT_FOUND`, or another `PipedreamError`.
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
          secrets: secretStrings(input.connectToken, ...Object.values(input.customFieldValues)),
          unauthorizedMessage:
            'Pipedream rejected the connect token or the client credentials. Create a new connect token and try again.',
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
  const strings = { name, accountId, appOverrideId, externalUserId, oauthAppId }
  for (const [key, text] of Object.entries(strings)) checkInput(key, text)
}
