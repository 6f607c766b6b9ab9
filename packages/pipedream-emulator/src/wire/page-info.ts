import type { Context } from 'hono'
import { decodeBase64Url, encodeBase64Url } from './base64url.ts'
import { wireError } from './errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** A page of a list: Pipedream documents `data` and `page_info`, with opaque cursors. */
export interface Page<Item> {
  data: Item[]
  page_info: {
    total_count: number
    count: number
    start_cursor: string | null
    end_cursor: string | null
  }
}

const MAX_LIMIT = 100

interface Paging<Item> {
  /** Iterated once and not stored, so that a page of a long list needs no copy of it. */
  items: Iterable<Item>
  keyOf: (item: Item) => string
}

/** Returns the page that the query's `after`, `before` and `limit` select. */
export function paginate<Item>(
  c: Context,
  { inferred }: Pick<EmulatorContext, 'inferred'>,
  { items, keyOf }: Paging<Item>,
): Page<Item> {
  const { data, total, isLast } = cutOut(items, {
    after: readCursor(c, 'after'),
    before: readCursor(c, 'before'),
    limit: readLimit(c.req.query('limit') ?? '', inferred.defaultLimit),
    keyOf,
  })
  const [first, last] = [data[0], data.at(-1)]
  const endsHere = isLast && inferred.lastCursor === 'none'
  return {
    data,
    page_info: {
      total_count: total,
      count: data.length,
      start_cursor: first === undefined ? null : encodeBase64Url(keyOf(first)),
      end_cursor: last === undefined || endsHere ? null : encodeBase64Url(keyOf(last)),
    },
  }
}

interface Cut<Item> {
  /** Key of the item before the page; null: the first page. */
  after: string | null
  /**
   * Key of the item that the page ends before: directly before it without `after`, else at the latest. Null: no such
   * bound.
   */
  before: string | null
  limit: number
  keyOf: (item: Item) => string
}

function cutOut<Item>(
  items: Iterable<Item>,
  { after, before, limit, keyOf }: Cut<Item>,
): { data: Item[]; total: number; isLast: boolean } {
  const data: Item[] = []
  const fromTheEnd = before !== null && after === null
  let total = 0
  let [started, ended] = [after === null, false]
  let last: Item | undefined
  for (const item of items) {
    total += 1
    last = item
    const key = keyOf(item)
    if (key === before) ended = true
    if (started && !ended && (fromTheEnd || data.length < limit)) data.push(item)
    if (data.length > limit) data.shift()
    if (key === after) started = true
  }
  if (!started || (before !== null && !ended)) rejectCursor()
  return { data, total, isLast: data.at(-1) === last }
}

// How Pipedream handles a limit outside of 1 to 100 is unknown; here it is clamped.
function readLimit(value: string, byDefault: number): number {
  const limit = Number.parseInt(value, 10)
  return Number.isNaN(limit) ? byDefault : Math.min(Math.max(limit, 1), MAX_LIMIT)
}

function readCursor(c: Context, name: 'after' | 'before'): string | null {
  const cursor = c.req.query(name)
  if (!cursor) return null
  return decodeBase64Url(cursor) ?? rejectCursor()
}

function rejectCursor(): never {
  throw wireError(400, 'The cursor is invalid.')
}
