import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import type { CallApi } from './call-api.ts'
import { type FetchPage, listPage, type Page, type PageQuery } from './page.ts'
import { readApp, readApps, writeAppsQuery } from './wire/apps.ts'

/** How an app is connected: with the provider's OAuth consent, with keys that the user enters, or without credentials. */
export type AppAuthType = 'oauth' | 'keys' | 'none'

/** An app of Pipedream's catalogue. */
export interface App {
  /**
   * `app_...`; inside an account it may be the OAuth client's `oa_...`. Null if absent: Pipedream documents that some apps have
   * none.
   */
  readonly id: string | null
  /** Name in URLs and inputs, such as `google_sheets`. */
  readonly slug: string
  /** Display name. */
  readonly name: string
  /** Null if absent or unknown to this client; see `raw`. */
  readonly authType: AppAuthType | null
  /** What the app does, in English; null if Pipedream did not say. */
  readonly description: string | null
  /** URL of the logo. */
  readonly imgSrc: string
  /** Fields that the user fills in to connect. Empty if there are none, or if Pipedream's list is not readable; see `raw`. */
  readonly customFields: readonly AppCustomField[]
  /** Names of the app's categories. */
  readonly categories: readonly string[]
  /** Popularity; a higher number is more popular. Null if Pipedream did not say. */
  readonly featuredWeight: number | null
  /**
   * Named sets of OAuth scopes, for `oauthScopeProfile` of the hosted page. Empty if there are none, or if Pipedream's list is
   * not readable; see `raw`.
   */
  readonly scopeProfiles: readonly AppScopeProfile[]
  /** The unmodified response, including keys that this type omits. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** The scope profile names that Pipedream documents. */
export type AppScopeProfileName = 'read_only' | 'read_write' | 'admin'

/** A named set of OAuth scopes. */
export interface AppScopeProfile {
  /** Name of the profile. */
  readonly name: AppScopeProfileName
  /** OAuth scopes that the user is asked to grant, in the provider's spelling. */
  readonly scopes: readonly string[]
}

/** A field that the user fills in to connect an app. */
export interface AppCustomField {
  /** Key in `customFieldValues`. */
  readonly name: string
  /** Display name; `name` if absent. */
  readonly label: string
  /** Help for the user; null if absent. */
  readonly description: string | null
  /** Initial value; null if absent. */
  readonly default: string | null
  /** Whether the user may leave it empty. */
  readonly optional: boolean
  /** Such as `string`; `password` marks a secret. Null if Pipedream did not say. */
  readonly type: string | null
}

/** Query of `apps.list`. */
export interface ListAppsQuery extends PageQuery {
  /** Search terms. Default: none. */
  search?: string | undefined
  /** Sort order. Default: not sent; Pipedream documents no default order. */
  sortKey?: 'name' | 'slug' | 'featuredWeight' | undefined
  /** Direction of `sortKey`. Default: not sent; Pipedream documents no default. */
  sortDirection?: 'asc' | 'desc' | undefined
  /** Only apps in these categories, `appcat_...`. Default: all. */
  categoryIds?: readonly string[] | undefined
  /** Only apps with components (true) or without (false). Default: both. */
  hasComponents?: boolean | undefined
  /** Only apps with actions (true) or without (false). Default: both. */
  hasActions?: boolean | undefined
  /** Only apps with triggers (true) or without (false). Default: both. */
  hasTriggers?: boolean | undefined
}

/** Pipedream's catalogue of apps. */
export interface Apps {
  /** Resolves to one page of apps; iterate over it with `for await` to get them all. Throws a `PipedreamError`. */
  list(query?: ListAppsQuery, options?: CallOptions): Promise<Page<App>>
  /** Resolves to an app, given by slug or id. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  get(app: string, options?: CallOptions): Promise<App>
}

export function createApps(callApi: CallApi): Apps {
  const collection = ['connect', 'apps']
  const fetchPage: FetchPage<App, ListAppsQuery> = (query, options) =>
    callApi(
      { method: 'GET', path: collection, query: writeAppsQuery(query), read: readApps },
      options,
    )
  return {
    async list(query = {}, options) {
      return listPage(fetchPage, query, options)
    },
    async get(app, options) {
      const path = [...collection, checkSegment('app', app)]
      return callApi({ method: 'GET', path, read: readApp }, options)
    },
  }
}
