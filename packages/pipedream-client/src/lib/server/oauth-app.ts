import type { App } from './app.ts'
import type { PageQuery } from './page.ts'

/**
 * An OAuth client of your own, which users consent to instead of Pipedream's. It holds what Pipedream says of the app too:
 * `slug`, `imgSrc` and the like are the app's, `id`, `name` and `description` the client's. The client secret is never told.
 */
export interface OAuthApp extends App {
  /** `oa_...` */
  readonly id: string
  /** The client id that the provider gave you. */
  readonly clientId: string | null
  /** Scopes that users are asked for. */
  readonly scopes: readonly string[]
  /** Scopes that they are asked for besides. */
  readonly additionalScopes: readonly string[]
  /** What to enter as the redirect URI at the provider. */
  readonly redirectUri: string | null
  /** The workspace, `o_...`, or the project, `proj_...`, that it belongs to. */
  readonly ownerId: string | null
  readonly createdAt: Date | null
  readonly updatedAt: Date | null
}

/** What `oauthApps.list` takes. */
export interface ListOAuthAppsQuery extends PageQuery {
  /** Only this app's: slug or id. */
  app?: string | undefined
  /** Words to look for in name and description. */
  search?: string | undefined
}

/** What `oauthApps.create` takes. */
export interface CreateOAuthAppInput {
  /** Slug or id of the app; Pipedream documents that it must allow OAuth clients of your own. */
  app: string
  /** The client id that the provider gave you. */
  clientId: string
  /** The client secret that the provider gave you. No error and no message of this client holds it. */
  clientSecret: string
  /** What to call it. Default: Pipedream chooses. */
  name?: string | undefined
  description?: string | undefined
  /** Scopes to ask users for. Default: Pipedream chooses. */
  scopes?: readonly string[] | undefined
  /** Scopes to ask users for besides. Default: none. */
  additionalScopes?: readonly string[] | undefined
}

/** What `oauthApps.update` takes; what is left out stays as it is. The app cannot be changed. */
export type UpdateOAuthAppInput = Partial<Omit<CreateOAuthAppInput, 'app'>>
