import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import type { CallApi } from './call-api.ts'
import { type FetchPage, listPage, type Page, type PageQuery } from './page.ts'
import { readApp, readApps, writeAppsQuery } from './wire/apps.ts'

/** How an app is connected: through the provider's OAuth consent, by keys that the user types, or not at all. */
export type AppAuthType = 'oauth' | 'keys' | 'none'

/** An app of Pipedream's catalogue. */
export interface App {
  /** `app_...`; inside an account it may be the OAuth client's `oa_...`. Pipedream documents it as absent for some apps. */
  readonly id: string | null
  /** The name in URLs, such as `google_sheets`. */
  readonly slug: string
  /** The name for people. */
  readonly name: string
  /** Null when Pipedream did not say, or said something that this client does not know; see `raw`. */
  readonly authType: AppAuthType | null
  readonly description: string | null
  /** URL of the logo. */
  readonly imgSrc: string
  /** What the user is asked for. Empty when there is nothing to ask, or when Pipedream's list cannot be read; see `raw`. */
  readonly customFields: readonly AppCustomField[]
  /** Names of categories. */
  readonly categories: readonly string[]
  /** The more popular, the greater; null when Pipedream did not say. */
  readonly featuredWeight: number | null
  /**
   * The sets of OAuth scopes that the app offers by name, for `oauthScopeProfile` of the hosted page. Empty when it offers
   * none, or when Pipedream's list cannot be read; see `raw`.
   */
  readonly scopeProfiles: readonly AppScopeProfile[]
  /** The response as it came, with the keys that this type leaves out. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** The names of scope profiles that Pipedream documents. */
export type AppScopeProfileName = 'read_only' | 'read_write' | 'admin'

/** A set of OAuth scopes that an app offers by name. */
export interface AppScopeProfile {
  readonly name: AppScopeProfileName
  /** What the person is asked for, as the provider spells it. */
  readonly scopes: readonly string[]
}

/** A value that an app asks the user for. */
export interface AppCustomField {
  readonly name: string
  /** For people; the name when there is none. */
  readonly label: string
  readonly description: string | null
  /** What the field holds at first. */
  readonly default: string | null
  readonly optional: boolean
  /** `password` marks a secret. */
  readonly type: string | null
}

/** What `apps.list` takes. */
export interface ListAppsQuery extends PageQuery {
  /** Words to look for. */
  search?: string | undefined
  /** Pipedream documents no default order. */
  sortKey?: 'name' | 'slug' | 'featuredWeight' | undefined
  sortDirection?: 'asc' | 'desc' | undefined
  /** Only apps in these categories, `appcat_...`. */
  categoryIds?: readonly string[] | undefined
  /** Only apps with, or without, components. */
  hasComponents?: boolean | undefined
  /** Only apps with, or without, actions. */
  hasActions?: boolean | undefined
  /** Only apps with, or without, triggers. */
  hasTriggers?: boolean | undefined
}

/** Pipedream's catalogue of apps. */
export interface Apps {
  /** One page of apps; walk it with `for await` to get them all. Throws a `PipedreamError`. */
  list(query?: ListAppsQuery, options?: CallOptions): Promise<Page<App>>
  /** One app, by slug or id. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
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
