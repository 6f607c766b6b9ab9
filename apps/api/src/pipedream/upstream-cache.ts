import {
  type Account,
  type App,
  type AppCategory,
  type Page,
  PipedreamError,
} from 'pipedream-client/server'
import { type LRU, lru } from 'tiny-lru'
import type { Database } from '../store/open-database.ts'
import { isRetryable } from './upstream-error.ts'

const CATALOGUE_FRESH_MS = 60_000

/** Pipedream's last responses, for when it is down. Only lists for display come from here; every decision reads the live data. */
export interface UpstreamCache {
  app: StaleCache<App>
  apps: StaleCache<List<App>>
  categories: StaleCache<readonly AppCategory[]>
  /** One group per user. */
  accounts: StaleCache<List<Account>>
}

/** Makes the cache. A user's accounts are dropped from it when they change, by this replica or another. */
export function createUpstreamCache(
  { onNews }: Pick<Database, 'onNews'>,
  now: () => Date,
): UpstreamCache {
  const catalogue = { groups: 1, entries: 200, freshMs: CATALOGUE_FRESH_MS, now }
  const accounts = createStaleCache<List<Account>>({
    groups: 2000,
    entries: 4,
    freshMs: 0,
    now,
  })
  onNews((news) => {
    if (news === 'all_users') accounts.dropAll()
    else if (news.externalUserId !== null && news.changesAccounts) {
      accounts.drop(news.externalUserId)
    }
  })
  return {
    app: createStaleCache(catalogue),
    apps: createStaleCache(catalogue),
    categories: createStaleCache(catalogue),
    accounts,
  }
}

// An older response would mislead more than it helps.
const KEPT_MS = 24 * 60 * 60 * 1000

/** A response from Pipedream. */
interface CachedResponse<Value> {
  value: Value
  /** When Pipedream sent it, if Pipedream is down and this is the last response; null: it is current. */
  staleSince: Date | null
}

/** A cache that falls back to the last response while Pipedream is down. Its entries form groups, which are dropped together. */
interface StaleCache<Value> {
  /** Returns a fresh entry or calls `load`; returns the last response, if there is one, when `load` finds Pipedream down. */
  get(which: EntryKey, load: () => Promise<Value>): Promise<CachedResponse<Value>>
  /** Drops a group, including what is being loaded. */
  drop(group: string): void
  dropAll(): void
}

interface EntryKey {
  group: string
  key: string
}

interface StaleCacheOptions {
  /** The largest number of groups, and of entries in a group. */
  groups: number
  entries: number
  /** How long an entry is returned without a new request. */
  freshMs: number
  now: () => Date
}

interface Entry<Value> {
  value: Value
  at: Date
}

function createStaleCache<Value>(options: StaleCacheOptions): StaleCache<Value> {
  const { freshMs, now } = options
  const entriesByGroup = lru<LRU<Entry<Value>>>(options.groups)

  function entriesOf(group: string): LRU<Entry<Value>> {
    const known = entriesByGroup.get(group)
    if (known) return known
    const entries = lru<Entry<Value>>(options.entries)
    entriesByGroup.set(group, entries)
    return entries
  }

  function find({ group, key }: EntryKey, withinMs: number) {
    const last = entriesByGroup.get(group)?.get(key)
    return last && now().getTime() - last.at.getTime() < withinMs ? last : undefined
  }

  return {
    async get(which, load) {
      const fresh = find(which, freshMs)
      if (fresh) return { value: fresh.value, staleSince: null }
      // If the group is dropped meanwhile, the result goes into a detached group and is lost.
      const entries = entriesOf(which.group)
      const at = now()
      try {
        const value = await load()
        entries.set(which.key, { value, at })
        return { value, staleSince: null }
      } catch (error) {
        const last = isDown(error) ? find(which, KEPT_MS) : undefined
        if (!last) throw error
        return { value: last.value, staleSince: last.at }
      }
    },
    drop: (group) => void entriesByGroup.delete(group),
    dropAll: () => void entriesByGroup.clear(),
  }
}

function isDown(error: unknown): boolean {
  return error instanceof PipedreamError && isRetryable(error)
}

/** One page of a list. */
export interface List<Node> {
  nodes: readonly Node[]
  /** Where the next page starts; null at the end. */
  nextCursor: string | null
  /** Length of the whole list; null when Pipedream does not say. */
  totalCount: number | null
  /** When the cached list was fetched; null: it is current. */
  staleSince: Date | null
}

/** Pipedream's page as a list of the nodes that can be shown. */
export function toList<Node>(
  { nextCursor, pageInfo }: Page<unknown>,
  nodes: readonly Node[],
): List<Node> {
  return { nodes, nextCursor, totalCount: asInt(pageInfo.totalCount), staleSince: null }
}

// GraphQL's Int has 32 bits.
function asInt(count: number | null): number | null {
  return count !== null && Number.isInteger(count) && count >= 0 && count < 2 ** 31 ? count : null
}
