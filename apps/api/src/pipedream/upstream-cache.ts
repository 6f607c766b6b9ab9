import { type App, type AppCategory, type Page, PipedreamError } from 'pipedream-client/server'
import type { ConnectedAccount } from '../connect/accounts.ts'
import type { Database } from '../store/open-database.ts'
import { type BoundedMap, createBoundedMap } from './bounded-map.ts'
import { isRetryable } from './upstream-error.ts'

const CATALOGUE_FRESH_MS = 60_000

/** What Pipedream answered last, for when it cannot answer. Nothing that decides anything is ever read from here. */
export interface UpstreamCache {
  app: StaleCache<App>
  apps: StaleCache<List<App>>
  categories: StaleCache<readonly AppCategory[]>
  /** A group is a person's. */
  accounts: StaleCache<List<ConnectedAccount>>
}

/** Whatever happens to a person's accounts, here or at another replica, makes us forget how they were. */
export function createUpstreamCache(
  { onNews }: Pick<Database, 'onNews'>,
  now: () => Date,
): UpstreamCache {
  const catalogue = { groups: 1, answers: 200, freshMs: CATALOGUE_FRESH_MS, now }
  const accounts = createStaleCache<List<ConnectedAccount>>({
    groups: 2000,
    answers: 4,
    freshMs: 0,
    now,
  })
  onNews((news) => {
    if (news === 'everybody') accounts.forgetAll()
    else if (news.externalUserId !== null) accounts.forget(news.externalUserId)
  })
  return {
    app: createStaleCache(catalogue),
    apps: createStaleCache(catalogue),
    categories: createStaleCache(catalogue),
    accounts,
  }
}

// An older answer would rather mislead than help.
const KEPT_MS = 24 * 60 * 60 * 1000

/** An answer of Pipedream's. */
interface Answer<Value> {
  value: Value
  /** When Pipedream gave it, if it is an old one, because there is no new one to be had; null: it is as good as new. */
  staleSince: Date | null
}

/** What Pipedream answered last, in groups that can be forgotten together. */
interface StaleCache<Value> {
  /** Asks, unless the last answer is fresh; while Pipedream is down, the last answer serves, if there is one. */
  get(which: { group: string; key: string }, ask: () => Promise<Value>): Promise<Answer<Value>>
  /** Forgets a group, also what is being asked for now. */
  forget(group: string): void
  forgetAll(): void
}

interface StaleCacheOptions {
  /** How many groups are kept, and how many answers of each. */
  groups: number
  answers: number
  /** For how long an answer serves without asking again. */
  freshMs: number
  now: () => Date
}

interface Remembered<Value> {
  value: Value
  at: Date
}

function createStaleCache<Value>(options: StaleCacheOptions): StaleCache<Value> {
  const { groups, answers, freshMs, now } = options
  const entriesByGroup = createBoundedMap<BoundedMap<Remembered<Value>>>(groups)

  function entriesOf(group: string): BoundedMap<Remembered<Value>> {
    const known = entriesByGroup.get(group)
    if (known) return known
    const entries = createBoundedMap<Remembered<Value>>(answers)
    entriesByGroup.set(group, entries)
    return entries
  }

  function recall({ group, key }: { group: string; key: string }, withinMs: number) {
    const last = entriesByGroup.get(group)?.get(key)
    return last && now().getTime() - last.at.getTime() < withinMs ? last : undefined
  }

  return {
    async get(which, ask) {
      const fresh = recall(which, freshMs)
      if (fresh) return { value: fresh.value, staleSince: null }
      // If the group is forgotten meanwhile, what comes is put on a shelf that nobody looks at any more.
      const entries = entriesOf(which.group)
      const at = now()
      try {
        const value = await ask()
        entries.set(which.key, { value, at })
        return { value, staleSince: null }
      } catch (error) {
        const last = isDown(error) ? recall(which, KEPT_MS) : undefined
        if (!last) throw error
        return { value: last.value, staleSince: last.at }
      }
    },
    forget: (group) => entriesByGroup.delete(group),
    forgetAll: () => entriesByGroup.clear(),
  }
}

function isDown(error: unknown): boolean {
  return error instanceof PipedreamError && isRetryable(error)
}

/** One page of a list. */
export interface List<Node> {
  nodes: readonly Node[]
  /** Where to read on; null at the end. */
  nextCursor: string | null
  /** Of the whole list; null when Pipedream did not say. */
  totalCount: number | null
  /** When Pipedream said this, if it cannot be asked just now; null: it is as good as new. */
  staleSince: Date | null
}

/** Pipedream's page as ours, with the nodes that are worth showing. */
export function toList<Node>(
  { nextCursor, pageInfo }: Page<unknown>,
  nodes: readonly Node[],
): List<Node> {
  return { nodes, nextCursor, totalCount: asInt(pageInfo.totalCount), staleSince: null }
}

// GraphQL's Int has 32 bits; a count that does not fit is no use to anybody.
function asInt(count: number | null): number | null {
  return count !== null && Number.isInteger(count) && count >= 0 && count < 2 ** 31 ? count : null
}
