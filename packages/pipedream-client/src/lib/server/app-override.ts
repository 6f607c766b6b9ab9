import type { App } from './app.ts'
import type { PageQuery } from './page.ts'

/** A named preset for connecting an app: custom fields that are filled in, an OAuth client that is chosen, or both. */
export interface AppOverride {
  readonly id: string
  readonly name: string
  readonly app: App | null
  /** The OAuth client that it chooses, `oa_...`; null when it chooses none. */
  readonly oauthAppId: string | null
  /** The values that it fills in, by the names of `App.customFields`. */
  readonly customFieldValues: Readonly<Record<string, unknown>>
  /** The workspace, `o_...`, or the project, `proj_...`, that it belongs to. */
  readonly ownerId: string | null
  readonly createdAt: Date | null
  readonly updatedAt: Date | null
  /** The answer as it came, with the keys that this type leaves out. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** What `appOverrides.list` takes. Pipedream documents no search by name: walk the list. */
export interface ListAppOverridesQuery extends PageQuery {
  /** Only this app's: slug or id. */
  app?: string | undefined
}

/** What `appOverrides.create` takes. */
export interface CreateAppOverrideInput {
  /** Slug or id of the app. */
  app: string
  /** Pipedream documents that an owner has each name once. */
  name: string
  /** The OAuth client to choose, `oa_...`. Default: none. */
  oauthAppId?: string | undefined
  /**
   * The values to fill in, by the names of `App.customFields`. Pipedream documents that it refuses fields of the type `password`.
   * Default: none.
   */
  customFieldValues?: Readonly<Record<string, unknown>> | undefined
}

/** What `appOverrides.update` takes; what is left out stays as it is. The app cannot be changed. */
export interface UpdateAppOverrideInput {
  name?: string | undefined
  /** The OAuth client to choose, `oa_...`; null to choose none any more. */
  oauthAppId?: string | null | undefined
  /** See `CreateAppOverrideInput`. */
  customFieldValues?: Readonly<Record<string, unknown>> | undefined
}
