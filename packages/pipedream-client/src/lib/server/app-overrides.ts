import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import type { App } from './apps.ts'
import { type CallApi, secretStrings } from './call-api.ts'
import { checkFieldValues, checkInput, checkRequired } from './check-input.ts'
import { type FetchPage, listPage, type Page, type PageQuery } from './page.ts'
import { readNothing } from './read-json.ts'
import {
  readAppOverride,
  readAppOverrides,
  writeAppOverrideRequest,
  writeAppOverridesQuery,
} from './wire/app-overrides.ts'

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
  /** The response as it came, with the keys that this type leaves out. */
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

/** Presets for connecting apps. */
export interface AppOverrides {
  /** One page of presets; walk it with `for await` to get them all. Throws a `PipedreamError`. */
  list(query?: ListAppOverridesQuery, options?: CallOptions): Promise<Page<AppOverride>>
  /** Makes a preset. It is never repeated by itself. Throws `ERR_BAD_REQUEST`, or another `PipedreamError`. */
  create(input: CreateAppOverrideInput, options?: CallOptions): Promise<AppOverride>
  /** One preset. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  get(appOverrideId: string, options?: CallOptions): Promise<AppOverride>
  /** Changes a preset. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  update(
    appOverrideId: string,
    input: UpdateAppOverrideInput,
    options?: CallOptions,
  ): Promise<AppOverride>
  /** Deletes a preset. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  delete(appOverrideId: string, options?: CallOptions): Promise<void>
}

export function createAppOverrides(callApi: CallApi, projectId: string): AppOverrides {
  const collection = ['connect', projectId, 'app_overrides']
  const one = (appOverrideId: string) => [
    ...collection,
    checkSegment('appOverrideId', appOverrideId),
  ]
  const fetchPage: FetchPage<AppOverride, ListAppOverridesQuery> = (query, options) => {
    const wireQuery = writeAppOverridesQuery(query)
    return callApi(
      { method: 'GET', path: collection, query: wireQuery, read: readAppOverrides },
      options,
    )
  }
  const send = (
    request: { method: 'POST' | 'PUT'; path: readonly string[] },
    input: UpdateAppOverrideInput,
    options: CallOptions | undefined,
  ) => {
    const { name, oauthAppId, customFieldValues } = input
    checkInput('name', name)
    checkInput('oauthAppId', oauthAppId ?? undefined)
    checkFieldValues(customFieldValues)
    const body = writeAppOverrideRequest(input)
    // Passwords do not belong here, which does not keep people from sending them.
    const secrets = secretStrings(customFieldValues)
    return callApi({ ...request, body, secrets, read: readAppOverride }, options)
  }
  return {
    async list(query = {}, options) {
      checkInput('app', query.app)
      return listPage(fetchPage, query, options)
    },
    async create(input, options) {
      checkRequired('app', input.app)
      checkRequired('name', input.name)
      return send({ method: 'POST', path: collection }, input, options)
    },
    async get(appOverrideId, options) {
      return callApi({ method: 'GET', path: one(appOverrideId), read: readAppOverride }, options)
    },
    async update(appOverrideId, input, options) {
      return send({ method: 'PUT', path: one(appOverrideId) }, input, options)
    },
    async delete(appOverrideId, options) {
      return callApi({ method: 'DELETE', path: one(appOverrideId), read: readNothing }, options)
    },
  }
}
