import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'
import { checkInput } from './check-input.ts'

/** Position of a page in its list. A property is null if Pipedream did not say. */
export interface PageInfo {
  /** Number of entries in the whole list. */
  readonly totalCount: number | null
  /** Number of entries on this page. */
  readonly count: number | null
  /** Cursor for `before`, which leads to the previous page. */
  readonly startCursor: string | null
  /** Pipedream's cursor of the last entry. May be set on the last page too, so prefer `nextCursor`. */
  readonly endCursor: string | null
}

/** One page of a list. */
export interface ListResponse<T> {
  /** The entries of this page. */
  readonly data: readonly T[]
  /** Position of this page in the list. */
  readonly pageInfo: PageInfo
}

/**
 * One page of a list. `for await (const account of page)` iterates over the entries of this page and all following pages, which
 * it fetches on demand with the same options. Ends if the server repeats a cursor, instead of looping forever.
 */
export interface Page<T> extends ListResponse<T>, AsyncIterable<T> {
  /**
   * Cursor for `after`, which leads to the next page. Null on the last page: no cursor, an empty page, or the cursor that was
   * just sent.
   */
  readonly nextCursor: string | null
}

/** Pagination of every list. */
export interface PageQuery {
  /** Returns the page after this cursor. Default: the first page. */
  after?: string | undefined
  /** Returns the page before this cursor. Default: none. */
  before?: string | undefined
  /** Entries per page, an integer. Pipedream documents 1 to 100. Default: not sent, which Pipedream documents as 10. */
  limit?: number | undefined
}

/** Fetches one page. */
export type FetchPage<T, Q> = (query: Q, options?: CallOptions) => Promise<ListResponse<T>>

/** Fetches a page that can be iterated over with the same query and options. */
export async function listPage<T, Q extends PageQuery>(
  fetchPage: FetchPage<T, Q>,
  query: Q,
  options?: CallOptions,
): Promise<Page<T>> {
  checkPageQuery(query)
  const response = await fetchPage(query, options)
  const nextCursor = nextCursorOf(response, query.after)
  return {
    ...response,
    nextCursor,
    async *[Symbol.asyncIterator]() {
      yield* response.data
      const seen = new Set([query.after])
      let cursor = nextCursor
      while (cursor !== null && !seen.has(cursor)) {
        seen.add(cursor)
        const page = await fetchPage({ ...query, before: undefined, after: cursor }, options)
        yield* page.data
        cursor = nextCursorOf(page, cursor)
      }
    },
  }
}

function checkPageQuery({ after, before, limit = 1 }: PageQuery): void {
  checkInput('after', after)
  checkInput('before', before)
  if (Number.isInteger(limit) && limit >= 1) return
  throw new PipedreamInputError('ERR_INVALID_INPUT', 'limit', 'an integer, at least 1')
}

function nextCursorOf(response: ListResponse<unknown>, sent: string | undefined): string | null {
  const { endCursor } = response.pageInfo
  const isEnd = endCursor === null || endCursor === '' || endCursor === sent
  return isEnd || response.data.length === 0 ? null : endCursor
}
