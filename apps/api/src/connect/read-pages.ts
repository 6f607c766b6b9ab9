import type { Account, Page } from 'pipedream-client/server'
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
}

// Pipedream's limit for a page.
const PAGE_SIZE = 100
// Far more than a user has; a longer list is read in portions, so that others do not wait for it.
const PAGES_MAX = 20

/**
 * Reads a user's accounts page by page. Returns the cursor to continue at, or null at the end of the list: what was not on a
 * page of an unfinished list may still exist.
 */
export async function readPages(
  { after, ...query }: AccountsQuery,
  { pipedream }: Pick<Services, 'pipedream'>,
  onPage: (accounts: readonly Account[]) => Promise<void>,
): Promise<{ cursor: string | null }> {
  const seen = new Set<string>()
  let cursor = after ?? null
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
    // A repeated cursor would never end.
    if (cursor === null || seen.has(cursor)) return { cursor: null }
    seen.add(cursor)
  }
  return { cursor }
}
