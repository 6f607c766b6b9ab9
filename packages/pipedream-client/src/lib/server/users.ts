import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import type { CallApi } from './call-api.ts'
import { checkInput } from './check-input.ts'
import { type FetchPage, listPage, type Page, type PageQuery } from './page.ts'
import { readNothing } from './read-json.ts'
import { readUsers, writeUsersQuery } from './wire/users.ts'

/** One of your users at Pipedream. */
export interface ExternalUser {
  /** Pipedream's id, `exu_...`. */
  readonly id: string
  /** Your id for the user. */
  readonly externalUserId: string
  /** When Pipedream first saw the user; null if unknown. */
  readonly createdAt: Date | null
  /** When the user last changed; null if unknown. */
  readonly updatedAt: Date | null
  /** The unmodified response, including keys that this type omits. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Query of `users.list`. */
export interface ListUsersQuery extends PageQuery {
  /** A part of your user id. Default: all users. */
  search?: string | undefined
}

/** The users of the project in its environment who have connected an account. */
export interface Users {
  /** Resolves to one page of users; iterate over it with `for await` to get them all. Throws a `PipedreamError`. */
  list(query?: ListUsersQuery, options?: CallOptions): Promise<Page<ExternalUser>>
  /**
   * Deletes a user, given by your id. Pipedream documents that it also deletes the user's accounts and deployed triggers.
   * Throws `ERR_INVALID_INPUT` for an id that contains `/`, `?`, `#`, `%` or `\`, which a path cannot contain. Throws
   * `ERR_NOT_FOUND`, or another `PipedreamError`.
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
