import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import type { App, ListAppsQuery } from './app.ts'
import type { CallApi } from './call-api.ts'
import { type FetchPage, listPage, type Page } from './page.ts'
import { readApp, readApps, writeAppsQuery } from './wire/app.ts'

/** Pipedream's catalogue of apps. */
export interface Apps {
  /** One page of apps; walk it with `for await` to get them all. Throws a `PipedreamError`. */
  list(query?: ListAppsQuery, options?: CallOptions): Promise<Page<App>>
  /** One app, by slug or id. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  get(app: string, options?: CallOptions): Promise<App>
}

export function createApps(callApi: CallApi): Apps {
  const collection = ['connect', 'apps']
  const fetchPage: FetchPage<App, ListAppsQuery> = (query, options) =>
    callApi(
      { method: 'GET', path: collection, query: writeAppsQuery(query), read: readApps },
      options,
    )
  return {
    async list(query = {}, options) {
      return listPage(fetchPage, query, options)
    },
    async get(app, options) {
      const path = [...collection, checkSegment('app', app)]
      return callApi({ method: 'GET', path, read: readApp }, options)
    },
  }
}
