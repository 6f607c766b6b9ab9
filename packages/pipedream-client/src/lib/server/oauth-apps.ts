import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import type { App } from './apps.ts'
import { type CallApi, secretStrings } from './call-api.ts'
import { checkInput, checkRequired } from './check-input.ts'
import { type FetchPage, listPage, type Page, type PageQuery } from './page.ts'
import { readNothing } from './read-json.ts'
import {
  readOAuthApp,
  readOAuthApps,
  writeOAuthAppRequest,
  writeOAuthAppsQuery,
} from './wire/oauth-apps.ts'

/**
 * An OAuth client of your own, which your users consent to instead of Pipedream's. `id`, `name` and `description` are the
 * client's; inherited properties such as `slug` and `imgSrc` are the app's. Never contains the client secret.
 */
export interface OAuthApp extends App {
  /** `oa_...` */
  readonly id: string
  /** The client id from the provider; null if unknown. */
  readonly clientId: string | null
  /** OAuth scopes that users are asked to grant. */
  readonly scopes: readonly string[]
  /** OAuth scopes that users are asked to grant in addition to `scopes`. */
  readonly additionalScopes: readonly string[]
  /** The redirect URI to register at the provider; null if unknown. */
  readonly redirectUri: string | null
  /** The workspace, `o_...`, or the project, `proj_...`, that owns the client; null if unknown. */
  readonly ownerId: string | null
  /** When the client was created; null if unknown. */
  readonly createdAt: Date | null
  /** When the client last changed; null if unknown. */
  readonly updatedAt: Date | null
}

/** Query of `oauthApps.list`. */
export interface ListOAuthAppsQuery extends PageQuery {
  /** Only clients of this app, given by slug or id. Default: all apps. */
  app?: string | undefined
  /** Search terms for name and description. Default: none. */
  search?: string | undefined
}

/** Input of `oauthApps.create`. */
export interface CreateOAuthAppInput {
  /** Slug or id of the app. Pipedream documents that the app must allow custom OAuth clients. */
  app: string
  /** The client id from the provider. */
  clientId: string
  /** The client secret from the provider. No error or log message of this client contains it. */
  clientSecret: string
  /** Display name. Default: chosen by Pipedream. */
  name?: string | undefined
  /** Description for your own use. Default: none. */
  description?: string | undefined
  /** OAuth scopes that users are asked to grant. Default: chosen by Pipedream. */
  scopes?: readonly string[] | undefined
  /** OAuth scopes that users are asked to grant in addition. Default: none. */
  additionalScopes?: readonly string[] | undefined
}

/** Input of `oauthApps.update`. Omitted properties keep their values. The app cannot be changed. */
export type UpdateOAuthAppInput = Partial<Omit<CreateOAuthAppInput, 'app'>>

/** Your own OAuth clients. */
export interface OAuthApps {
  /** Resolves to one page of OAuth clients; iterate over it with `for await` to get them all. Throws a `PipedreamError`. */
  list(query?: ListOAuthAppsQuery, options?: CallOptions): Promise<Page<OAuthApp>>
  /**
   * Registers an OAuth client. Never retried, unless `repeatable` is set. Throws `ERR_BAD_REQUEST`, or another
   * `PipedreamError`.
   */
  create(input: CreateOAuthAppInput, options?: CallOptions): Promise<OAuthApp>
  /** Resolves to the OAuth client `oa_...`. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  get(oauthAppId: string, options?: CallOptions): Promise<OAuthApp>
  /** Changes an OAuth client. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  update(oauthAppId: string, input: UpdateOAuthAppInput, options?: CallOptions): Promise<OAuthApp>
  /** Deletes an OAuth client. Throws `ERR_BAD_REQUEST` if Pipedream does not allow it, or another `PipedreamError`. */
  delete(oauthAppId: string, options?: CallOptions): Promise<void>
}

export function createOAuthApps(callApi: CallApi, projectId: string): OAuthApps {
  const collection = ['connect', projectId, 'oauth_apps']
  const one = (oauthAppId: string) => [...collection, checkSegment('oauthAppId', oauthAppId)]
  const fetchPage: FetchPage<OAuthApp, ListOAuthAppsQuery> = (query, options) =>
    callApi(
      { method: 'GET', path: collection, query: writeOAuthAppsQuery(query), read: readOAuthApps },
      options,
    )
  const send = (
    request: { method: 'POST' | 'PUT'; path: readonly string[] },
    input: UpdateOAuthAppInput,
    options: CallOptions | undefined,
  ) => {
    checkStrings(input)
    const body = writeOAuthAppRequest(input)
    const secrets = secretStrings(input.clientSecret)
    return callApi({ ...request, body, secrets, read: readOAuthApp }, options)
  }
  return {
    async list(query = {}, options) {
      checkInput('app', query.app)
      checkInput('search', query.search)
      return listPage(fetchPage, query, options)
    },
    async create(input, options) {
      const { app, clientId, clientSecret } = input
      for (const [name, text] of Object.entries({ app, clientId, clientSecret })) {
        checkRequired(name, text)
      }
      return send({ method: 'POST', path: collection }, input, options)
    },
    async get(oauthAppId, options) {
      return callApi({ method: 'GET', path: one(oauthAppId), read: readOAuthApp }, options)
    },
    async update(oauthAppId, input, options) {
      return send({ method: 'PUT', path: one(oauthAppId) }, input, options)
    },
    async delete(oauthAppId, options) {
      return callApi({ method: 'DELETE', path: one(oauthAppId), read: readNothing }, options)
    },
  }
}

// Rejects a blank secret, because Pipedream documents that it ignores one, which would look like a change.
function checkStrings({ clientId, clientSecret, name, ...input }: UpdateOAuthAppInput): void {
  for (const [key, text] of Object.entries({ clientId, clientSecret, name })) checkInput(key, text)
  for (const scope of input.scopes ?? []) checkRequired('scopes', scope)
  for (const scope of input.additionalScopes ?? []) checkRequired('additionalScopes', scope)
}
