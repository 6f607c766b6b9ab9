import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import type {
  AppOverride,
  CreateAppOverrideInput,
  ListAppOverridesQuery,
  UpdateAppOverrideInput,
} from './app-override.ts'
import type { CallApi } from './call-api.ts'
import { checkFieldValues, checkInput, checkRequired } from './check-input.ts'
import { type FetchPage, listPage, type Page } from './page.ts'
import { secretTexts } from './secret-texts.ts'
import {
  readAppOverride,
  readAppOverrides,
  writeAppOverrideRequest,
  writeAppOverridesQuery,
} from './wire/app-override.ts'
import { readNothing } from './wire/nothing.ts'

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
    const secrets = secretTexts(customFieldValues)
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
