import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'
import { checkInput } from './check-input.ts'

/** Where a page lies in its list. Each is null when Pipedream did not say. */
export interface PageInfo {
  /** Of the whole list. */
  readonly totalCount: number | null
  /** Of this page. */
  readonly count: number | null
  /** For `before`: the page before this one. */
  readonly startCursor: string | null
  /** As Pipedream gave it. It may be there although nothing follows: prefer `nextCursor`. */
  readonly endCursor: string | null
}

/** One page of a list, as Pipedream answered it. */
export interface ListResponse<T> {
  readonly data: readonly T[]
  readonly pageInfo: PageInfo
}

/**
 * One page, which can also be walked: `for await (const account of page)` goes through this page and all that follow,
 * and fetches them as it needs them. A server that repeats a cursor ends the walk rather than making it endless.
 */
export interface Page<T> extends ListResponse<T>, AsyncIterable<T> {
  /** For `after`: the page after this one. Null at the end: no cursor, an empty page, or the cursor that was just sent. */
  readonly nextCursor: string | null
}

/** What every list takes. */
export interface PageQuery {
  /** Give the page after this cursor. */
  after?: string | undefined
  /** Give the page before this cursor. */
  before?: string | undefined
  /** Entries per page. Pipedream documents 1 to 100, and 10 when it is not sent. */
  limit?: number | undefined
}

/** Fetches one page. */
export type FetchPage<T, Q> = (query: Q, options?: CallOptions) => Promise<ListResponse<T>>

/** Fetches a page and makes it walkable with the same query and options. */
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
  throw new PipedreamInputError('ERR_INVALID_INPUT', 'limit', 'a whole number, at least 1')
}

function nextCursorOf(response: ListResponse<unknown>, sent: string | undefined): string | null {
  const { endCursor } = response.pageInfo
  const isEnd = endCursor === null || endCursor === '' || endCursor === sent
  return isEnd || response.data.length === 0 ? null : endCursor
}
