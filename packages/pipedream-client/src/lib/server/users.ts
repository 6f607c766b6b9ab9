import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import type { CallApi } from './call-api.ts'
import { checkInput } from './check-input.ts'
import { type FetchPage, listPage, type Page, type PageQuery } from './page.ts'
import { readNothing } from './read-json.ts'
import { readUsers, writeUsersQuery } from './wire/users.ts'

/** One of your users, as Pipedream knows them. */
export interface ExternalUser {
  /** Pipedream's id, `exu_...`. */
  readonly id: string
  /** Your id. */
  readonly externalUserId: string
  readonly createdAt: Date | null
  readonly updatedAt: Date | null
  /** The response as it came, with the keys that this type leaves out. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** What `users.list` takes. */
export interface ListUsersQuery extends PageQuery {
  /** A part of your id for them. */
  search?: string | undefined
}

/** Users of the project and its environment: those who connected an account. */
export interface Users {
  /** One page of users; walk it with `for await` to get them all. Throws a `PipedreamError`. */
  list(query?: ListUsersQuery, options?: CallOptions): Promise<Page<ExternalUser>>
  /**
   * Deletes a user, by your id for them. Pipedream documents that their accounts and deployed triggers go too. An id with a
   * slash, or with `?`, `#`, `%` or `\`, cannot be put into a path and is refused.
   * Throws `ERR_NOT_FOUND`, or another `PipedreamError`.
   */
  delete(externalUserId: string, options?: CallOptions): Promise<void>
}

export function createUsers(callApi: CallApi, projectId: string): Users {
  const collection = ['connect', projectId, 'users']
  const fetchPage: FetchPage<ExternalUser, ListUsersQuery> = (query, options) =>
    callApi(
      { method: 'GET', path: collection, query: writeUsersQuery(query), read: readUsers },
      options,
    )
  return {
    async list(query = {}, options) {
      checkInput('search', query.search)
      return listPage(fetchPage, query, options)
    },
    async delete(externalUserId, options) {
      const path = [...collection, checkSegment('externalUserId', externalUserId)]
      return callApi({ method: 'DELETE', path, read: readNothing }, options)
    },
  }
}
