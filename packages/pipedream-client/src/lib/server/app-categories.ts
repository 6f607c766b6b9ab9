import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import type { CallApi } from './call-api.ts'
import { readAppCategories, readAppCategory } from './wire/apps.ts'

/** A category of Pipedream's catalogue. Pipedream documents none of its keys as required, so each may be null. */
export interface AppCategory {
  /** `appcat_...`, for `apps.list({ categoryIds })`. */
  readonly id: string | null
  /** Display name, as in `App.categories`. */
  readonly name: string | null
  /** What the category contains, in English. */
  readonly description: string | null
  /** The unmodified response, including keys that this type omits. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** The categories of Pipedream's catalogue. */
export interface AppCategories {
  /** Resolves to all categories, without pagination. Throws a `PipedreamError`. */
  list(options?: CallOptions): Promise<readonly AppCategory[]>
  /** Resolves to the category `appcat_...`. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  get(appCategoryId: string, options?: CallOptions): Promise<AppCategory>
}

export function createAppCategories(callApi: CallApi): AppCategories {
  const collection = ['connect', 'app_categories']
  return {
    async list(options) {
      return callApi({ method: 'GET', path: collection, read: readAppCategories }, options)
    },
    async get(appCategoryId, options) {
      const path = [...collection, checkSegment('appCategoryId', appCategoryId)]
      return callApi({ method: 'GET', path, read: readAppCategory }, options)
    },
  }
}
