import type { App } from './app.ts'
import type { PageQuery } from './page.ts'

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
  /** The answer as it came, with the keys that this type leaves out, and with the credentials if they were asked for. */
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
