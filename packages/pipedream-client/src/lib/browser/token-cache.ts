import {
  type ConnectTarget,
  type CreatedConnectToken,
  readCreatedToken,
  type ReadyToken,
} from './created-token.ts'

/** Prefetched connect tokens, at most one for each target. */
export interface TokenCache<Created> {
  /** Fetches a token, unless one is cached or on its way. A failure is forgotten: the next `take` fetches again. */
  prefetch(target: ConnectTarget): void
  /**
   * Removes and returns the cached token, because a token serves one flow; fetches one if the cache is empty. Returns a
   * promise only if the token is not there yet.
   */
  take(target: ConnectTarget): ReadyToken<Created> | Promise<ReadyToken<Created>>
}

interface Slot<Created> {
  fetched: Promise<ReadyToken<Created>>
  token?: ReadyToken<Created>
}

// The user needs some time in the page before the token is spent.
const MIN_LIFE_MS = 60_000

/** Caches what `create` returns. */
export function createTokenCache<Created extends CreatedConnectToken>(
  create: (target: ConnectTarget) => Promise<Created>,
): TokenCache<Created> {
  const slots = new Map<string, Slot<Created>>()

  const fetchToken = async (target: ConnectTarget) => readCreatedToken(await create(target))
  const find = (key: string) => {
    const slot = slots.get(key)
    const isStale = slot?.token && slot.token.expiresAtMs - Date.now() < MIN_LIFE_MS
    return isStale === true ? undefined : slot
  }
  const fill = async (key: string, slot: Slot<Created>) => {
    try {
      slot.token = await slot.fetched
    } catch {
      // A later slot may have replaced this one.
      if (slots.get(key) === slot) slots.delete(key)
    }
  }
  return {
    prefetch(target) {
      const key = JSON.stringify(target)
      if (find(key) !== undefined) return
      const slot = { fetched: fetchToken(target) }
      slots.set(key, slot)
      void fill(key, slot)
    },
    take(target) {
      const key = JSON.stringify(target)
      const slot = find(key)
      slots.delete(key)
      return slot?.token ?? slot?.fetched ?? fetchToken(target)
    },
  }
}
