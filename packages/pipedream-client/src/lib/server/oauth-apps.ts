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

/** OAuth clients of your own. */
export interface OAuthApps {
  /** One page of OAuth clients; walk it with `for await` to get them all. Throws a `PipedreamError`. */
  list(query?: ListOAuthAppsQuery, options?: CallOptions): Promise<Page<OAuthApp>>
  /** Registers an OAuth client. It is never repeated by itself. Throws `ERR_BAD_REQUEST`, or another `PipedreamError`. */
  create(input: CreateOAuthAppInput, options?: CallOptions): Promise<OAuthApp>
  /** One OAuth client, `oa_...`. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  get(oauthAppId: string, options?: CallOptions): Promise<OAuthApp>
  /** Changes an OAuth client. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  update(oauthAppId: string, input: UpdateOAuthAppInput, options?: CallOptions): Promise<OAuthApp>
  /** Deletes an OAuth client. Throws `ERR_BAD_REQUEST` when Pipedream keeps it, or another `PipedreamError`. */
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

// A blank secret is refused because Pipedream documents that it ignores one, which would look like a change.
function checkStrings({ clientId, clientSecret, name, ...input }: UpdateOAuthAppInput): void {
  for (const [key, text] of Object.entries({ clientId, clientSecret, name })) checkInput(key, text)
  for (const scope of input.scopes ?? []) checkRequired('scopes', scope)
  for (const scope of input.additionalScopes ?? []) checkRequired('additionalScopes', scope)
}
