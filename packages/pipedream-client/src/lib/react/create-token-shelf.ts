import type { ConnectTarget, ReadyToken } from './created-token.ts'

/** Connect tokens that were fetched ahead, at most one for each target. */
export interface TokenShelf {
  /** Has one made, unless one is there or on its way. A failure is forgotten: whoever takes next asks anew. */
  stock(target: ConnectTarget): void
  /** Takes the token away, for a token serves one flow; makes one when there is none. At once if it is there. */
  take(target: ConnectTarget): ReadyToken | Promise<ReadyToken>
}

interface Slot {
  made: Promise<ReadyToken>
  token?: ReadyToken
}

// The person needs some time in the page before the token is spent.
const LEAST_LIFE_MS = 60_000

export function createTokenShelf(make: (target: ConnectTarget) => Promise<ReadyToken>): TokenShelf {
  const slots = new Map<string, Slot>()

  const find = (key: string) => {
    const slot = slots.get(key)
    const isStale = slot?.token && slot.token.expiresAtMs - Date.now() < LEAST_LIFE_MS
    return isStale === true ? undefined : slot
  }
  const fill = async (key: string, slot: Slot) => {
    try {
      slot.token = await slot.made
    } catch {
      // A later one may stand in its place by now.
      if (slots.get(key) === slot) slots.delete(key)
    }
  }
  return {
    stock(target) {
      const key = JSON.stringify(target)
      if (find(key) !== undefined) return
      const slot = { made: make(target) }
      slots.set(key, slot)
      void fill(key, slot)
    },
    take(target) {
      const key = JSON.stringify(target)
      const slot = find(key)
      slots.delete(key)
      return slot?.token ?? slot?.made ?? make(target)
    },
  }
}
