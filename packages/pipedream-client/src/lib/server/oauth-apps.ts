import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import type { CallApi } from './call-api.ts'
import { checkInput, checkRequired } from './check-input.ts'
import type {
  CreateOAuthAppInput,
  ListOAuthAppsQuery,
  OAuthApp,
  UpdateOAuthAppInput,
} from './oauth-app.ts'
import { type FetchPage, listPage, type Page } from './page.ts'
import { secretTexts } from './secret-texts.ts'
import { readNothing } from './wire/nothing.ts'
import {
  readOAuthApp,
  readOAuthApps,
  writeOAuthAppRequest,
  writeOAuthAppsQuery,
} from './wire/oauth-app.ts'

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
    checkTexts(input)
    const body = writeOAuthAppRequest(input)
    const secrets = secretTexts(input.clientSecret)
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
function checkTexts({ clientId, clientSecret, name, ...input }: UpdateOAuthAppInput): void {
  for (const [key, text] of Object.entries({ clientId, clientSecret, name })) checkInput(key, text)
  for (const scope of input.scopes ?? []) checkRequired('scopes', scope)
  for (const scope of input.additionalScopes ?? []) checkRequired('additionalScopes', scope)
}
