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
  /** `apn_...`, the one key that Pipedream documents as always present: the others may be null. */
  readonly id: string
  /** Often the provider's e-mail address or handle. */
  readonly name: string | null
  /** Your id for your user. */
  readonly externalUserId: string | null
  /** False when the last refresh or test failed; Pipedream documents that it retries. Null when it did not say. */
  readonly healthy: boolean | null
  /** True when Pipedream has given up, and the user must reconnect. */
  readonly dead: boolean
  /** Why it is not healthy. */
  readonly error: string | null
  readonly app: App | null
  readonly createdAt: Date | null
  readonly updatedAt: Date | null
  /** Granted OAuth scopes; empty for apps without OAuth. */
  readonly authorizedScopes: readonly string[]
  /** When the provider's credential expires. */
  readonly expiresAt: Date | null
  readonly lastRefreshedAt: Date | null
  readonly nextRefreshAt: Date | null
  /**
   * The provider's secrets. Only with `includeCredentials`, and Pipedream documents that for OAuth apps they come only
   * when the account was connected through your own OAuth client. Keys are the app's own. Never log it.
   */
  readonly credentials: Readonly<Record<string, unknown>> | null
  /** The response as it came, with the keys that this type leaves out, and with the credentials if they were asked for. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** What `accounts.list` takes. */
export interface ListAccountsQuery extends PageQuery {
  /** Only this user's. Left out: everybody's. Blank is refused, because it would mean everybody's too. */
  externalUserId?: string | undefined
  /** Only this app's: slug or id. */
  app?: string | undefined
  /** Only those connected through this OAuth client of yours, `oa_...`. */
  oauthAppId?: string | undefined
  /** Ask for the provider's secrets too; see `Account.credentials`. Default: false. */
  includeCredentials?: boolean | undefined
}

/** What `accounts.create` takes. */
export interface CreateAccountInput {
  /** `ctok_...`. Pipedream documents that it says whose account this will be, and that success spends it. */
  connectToken: string
  /** Slug of the app, one that is connected by keys (`authType` `keys`). */
  app: string
  /**
   * What the user typed, by the names of `App.customFields`: keys and passwords among it. No error and no message of this
   * client holds any of it.
   */
  customFieldValues: Readonly<Record<string, unknown>>
  /** What to call the account. Default: Pipedream chooses. */
  name?: string | undefined
  /** The account to reconnect, `apn_...`; it must be of the token's user and of the same app. Default: a new one. */
  accountId?: string | undefined
  /** An app override of yours; Pipedream documents that its values win over `customFieldValues`. */
  appOverrideId?: string | undefined
  /** The user, once more; the connect token decides. */
  externalUserId?: string | undefined
  /** Your own OAuth client, `oa_...`. */
  oauthAppId?: string | undefined
}

/** What `accounts.listByExternalUser` takes besides the user. */
export interface ListUserAccountsQuery {
  /** Only this app's: slug or id. */
  app?: string | undefined
  /** Ask for the provider's secrets too; see `Account.credentials`. Default: false. */
  includeCredentials?: boolean | undefined
}

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
          secrets: secretStrings(input.connectToken, ...Object.values(input.customFieldValues)),
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
