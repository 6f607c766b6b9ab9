import { PipedreamError } from 'pipedream-client/server'
import { type BoundedMap, createBoundedMap } from './bounded-map.ts'
import { isRetryable } from './upstream-error.ts'

// An older answer would rather mislead than help.
const KEPT_MS = 24 * 60 * 60 * 1000

/** An answer of Pipedream's. */
interface Answer<Value> {
  value: Value
  /** When Pipedream gave it, if it is an old one, because there is no new one to be had; null: it is as good as new. */
  staleSince: Date | null
}

/** What Pipedream answered last, in groups that can be forgotten together. */
export interface LastAnswers<Value> {
  /** Asks, unless the last answer is fresh; while Pipedream is down, the last answer serves, if there is one. */
  get(which: { group: string; key: string }, ask: () => Promise<Value>): Promise<Answer<Value>>
  /** Forgets a group, also what is being asked for now. */
  forget(group: string): void
  forgetAll(): void
}

export interface LastAnswersOptions {
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

export function createLastAnswers<Value>(options: LastAnswersOptions): LastAnswers<Value> {
  const { groups, answers, freshMs, now } = options
  const shelves = createBoundedMap<BoundedMap<Remembered<Value>>>(groups)

  function shelfOf(group: string): BoundedMap<Remembered<Value>> {
    const known = shelves.get(group)
    if (known) return known
    const shelf = createBoundedMap<Remembered<Value>>(answers)
    shelves.set(group, shelf)
    return shelf
  }

  function recall({ group, key }: { group: string; key: string }, withinMs: number) {
    const last = shelves.get(group)?.get(key)
    return last && now().getTime() - last.at.getTime() < withinMs ? last : undefined
  }

  return {
    async get(which, ask) {
      const fresh = recall(which, freshMs)
      if (fresh) return { value: fresh.value, staleSince: null }
      // If the group is forgotten meanwhile, what comes is put on a shelf that nobody looks at any more.
      const shelf = shelfOf(which.group)
      const at = now()
      try {
        const value = await ask()
        shelf.set(which.key, { value, at })
        return { value, staleSince: null }
      } catch (error) {
        const last = isDown(error) ? recall(which, KEPT_MS) : undefined
        if (!last) throw error
        return { value: last.value, staleSince: last.at }
      }
    },
    forget: (group) => shelves.delete(group),
    forgetAll: () => shelves.clear(),
  }
}

function isDown(error: unknown): boolean {
  return error instanceof PipedreamError && isRetryable(error)
}
