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

/** A named preset for connecting an app: prefilled custom fields, a chosen OAuth client, or both. */
export interface AppOverride {
  /** `ao_...` */
  readonly id: string
  /** Display name, unique for the owner. */
  readonly name: string
  /** The app; null if Pipedream did not say. */
  readonly app: App | null
  /** The chosen OAuth client, `oa_...`; null if absent. */
  readonly oauthAppId: string | null
  /** Prefilled values, by the names of `App.customFields`. */
  readonly customFieldValues: Readonly<Record<string, unknown>>
  /** The workspace, `o_...`, or the project, `proj_...`, that owns the preset; null if unknown. */
  readonly ownerId: string | null
  /** When the preset was created; null if unknown. */
  readonly createdAt: Date | null
  /** When the preset last changed; null if unknown. */
  readonly updatedAt: Date | null
  /** The unmodified response, including keys that this type omits. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Query of `appOverrides.list`. Pipedream documents no search by name. */
export interface ListAppOverridesQuery extends PageQuery {
  /** Only presets of this app, given by slug or id. Default: all apps. */
  app?: string | undefined
}

/** Input of `appOverrides.create`. */
export interface CreateAppOverrideInput {
  /** Slug or id of the app. */
  app: string
  /** Display name. Pipedream documents that it is unique for each owner. */
  name: string
  /** The OAuth client, `oa_...`. Default: none. */
  oauthAppId?: string | undefined
  /**
   * Prefilled values, by the names of `App.customFields`. Pipedream documents that it rejects fields of the type `password`.
   * Default: none.
   */
  customFieldValues?: Readonly<Record<string, unknown>> | undefined
}

/** Input of `appOverrides.update`. Omitted properties keep their values. The app cannot be changed. */
export interface UpdateAppOverrideInput {
  /** Display name. Default: unchanged. */
  name?: string | undefined
  /** The OAuth client, `oa_...`; null removes it. Default: unchanged. */
  oauthAppId?: string | null | undefined
  /** Prefilled values; see `CreateAppOverrideInput`. Default: unchanged. */
  customFieldValues?: Readonly<Record<string, unknown>> | undefined
}

/** Presets for connecting apps. */
export interface AppOverrides {
  /** Resolves to one page of presets; iterate over it with `for await` to get them all. Throws a `PipedreamError`. */
  list(query?: ListAppOverridesQuery, options?: CallOptions): Promise<Page<AppOverride>>
  /** Creates a preset. Never retried, unless `repeatable` is set. Throws `ERR_BAD_REQUEST`, or another `PipedreamError`. */
  create(input: CreateAppOverrideInput, options?: CallOptions): Promise<AppOverride>
  /** Resolves to the preset `ao_...`. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
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
    // Callers may send passwords, although Pipedream rejects them.
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
