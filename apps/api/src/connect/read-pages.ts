import { type Account, type Page, PipedreamError } from 'pipedream-client/server'
import type { Services } from '../services.ts'
import type { Holds } from './settle-accounts.ts'

/** One page of a user's accounts, with its holds. */
export interface PageOfAccounts {
  accounts: readonly Account[]
  holds: Holds
}

interface AccountsQuery {
  externalUserId: string
  app?: string
  /** Where an earlier call stopped; default: at the start. */
  after?: string | undefined
  /** Starts no further page at this time of `elapsedMs`; default: 30 seconds after the call. */
  untilMs?: number | undefined
}

// Pipedream's limit for a page.
const PAGE_SIZE = 100
// Far more than a user has; a longer list is read in portions, so that others do not wait for it.
const PAGES_MAX = 20
const READ_MS = 30_000

const REPEATED = 'Pipedream returned a cursor twice in one list of accounts.'

/**
 * Reads a user's accounts page by page. Returns the cursor to continue at, or null at the end of the list: what was not on a
 * page of an unfinished list may still exist. Throws a `PipedreamError` for a list that repeats a cursor: where it ends is unknown.
 */
export async function readPages(
  { after, untilMs, ...query }: AccountsQuery,
  { pipedream, elapsedMs }: Pick<Services, 'pipedream' | 'elapsedMs'>,
  onPage: (accounts: readonly Account[]) => Promise<void>,
): Promise<{ cursor: string | null }> {
  const endMs = untilMs ?? elapsedMs() + READ_MS
  let cursor = after ?? null
  const seen = new Set([cursor])
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const start = cursor === null ? {} : { after: cursor }
    const read: Page<Account> = await pipedream.accounts.list({
      ...query,
      ...start,
      limit: PAGE_SIZE,
    })
    // If Pipedream ignored the filter, another user's accounts would be touched.
    await onPage(read.data.filter((it) => it.externalUserId === query.externalUserId))
    cursor = read.nextCursor
    if (cursor === null) return { cursor }
    if (seen.has(cursor)) throw new PipedreamError(REPEATED, { code: 'ERR_BAD_RESPONSE' })
    seen.add(cursor)
    if (elapsedMs() >= endMs) return { cursor }
  }
  return { cursor }
}
