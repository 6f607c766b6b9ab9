import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import type { CallApi } from './call-api.ts'
import { readAppCategories, readAppCategory } from './wire/apps.ts'

/** A category of Pipedream's catalogue. Pipedream publishes no key of it as required: each may be null. */
export interface AppCategory {
  /** `appcat_...`, for `apps.list({ categoryIds })`. */
  readonly id: string | null
  /** The name for people, which is also in `App.categories`. */
  readonly name: string | null
  readonly description: string | null
  /** The response as it came, with the keys that this type leaves out. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Categories of Pipedream's catalogue. */
export interface AppCategories {
  /** All categories, at once rather than by page. Throws a `PipedreamError`. */
  list(options?: CallOptions): Promise<readonly AppCategory[]>
  /** One category, `appcat_...`. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
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
