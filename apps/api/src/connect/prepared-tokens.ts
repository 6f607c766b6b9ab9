import { type LRU, lru } from 'tiny-lru'
import type { SignedInContext } from '../context.ts'
import type { ConnectTokenTarget, FlowToken } from './connect-tokens.ts'

// A pointer rests on a few buttons before a click.
const TOKENS_OF_A_USER = 4
const USERS = 1000

/** What a token is prepared for. */
interface Preparation extends ConnectTokenTarget {
  externalUserId: string
  /** Hash of the cookie of the browser that may use it. */
  browserHash: string
}

/**
 * Connect tokens that were minted because a user seems about to connect, in the memory of this process. They are not
 * flows, and no one knows them, until `take` gives one to a flow.
 */
export interface PreparedTokens {
  /** Mints a token, unless one is kept for the same preparation. Returns until when it is kept. */
  prepare(preparation: Preparation, mint: () => Promise<FlowToken>): Promise<Date>
  /** Removes and returns a token. Waits for one that is being minted. `undefined`: none is kept, or minting failed. */
  take(preparation: Preparation): Promise<FlowToken | undefined>
}

interface Slot {
  token: Promise<FlowToken>
  keptUntil: Date
  /** The same as `elapsedMs`. */
  endMs: number
}

interface PreparedTokensOptions {
  /** How long a token is kept, in milliseconds. */
  keptMs: number
  now: () => Date
  elapsedMs: () => number
}

export function createPreparedTokens({
  keptMs,
  now,
  elapsedMs,
}: PreparedTokensOptions): PreparedTokens {
  // Entries are peeked at, so that both caches stay in the order of preparation.
  const slotsByUser = lru<LRU<Slot>>(USERS)

  function slotsOf(externalUserId: string): LRU<Slot> {
    const slots = slotsByUser.peek(externalUserId) ?? lru<Slot>(TOKENS_OF_A_USER)
    slotsByUser.set(externalUserId, slots)
    return slots
  }

  function find(preparation: Preparation): Slot | undefined {
    const slot = slotsByUser.peek(preparation.externalUserId)?.peek(keyOf(preparation))
    return slot && elapsedMs() < slot.endMs ? slot : undefined
  }

  // The time counts from before the mint, and on this clock alone, because Pipedream's may differ.
  function open(mint: () => Promise<FlowToken>): Slot {
    const keptUntil = new Date(now().getTime() + keptMs)
    return { endMs: elapsedMs() + keptMs, keptUntil, token: mint() }
  }

  function dropExpired(): void {
    for (let { first } = slotsByUser; first; { first } = slotsByUser) {
      const latest = first.value.last
      if (latest && elapsedMs() < latest.value.endMs) return
      slotsByUser.evict()
    }
  }

  return {
    async prepare(preparation, mint) {
      dropExpired()
      const known = find(preparation)
      const slot = known ?? open(mint)
      const slots = slotsOf(preparation.externalUserId)
      const key = keyOf(preparation)
      if (!known) slots.set(key, slot)
      try {
        await slot.token
      } catch (error) {
        if (slots.peek(key) === slot) slots.delete(key)
        throw error
      }
      return slot.keptUntil
    },
    async take(preparation) {
      const slot = find(preparation)
      slotsByUser.peek(preparation.externalUserId)?.delete(keyOf(preparation))
      return slot?.token.catch(() => undefined)
    },
  }
}

function keyOf({ browserHash, app, accountId }: Preparation): string {
  return JSON.stringify([browserHash, app ?? null, accountId ?? null])
}

/** Takes the token that this browser had prepared for this user and target, if there is one. */
export async function takePreparedToken(
  { app, accountId }: ConnectTokenTarget,
  externalUserId: string,
  { preparedTokens, heldAccounts, windows, browser }: SignedInContext,
): Promise<FlowToken | undefined> {
  if (browser.hash === undefined) return undefined
  const preparation = { externalUserId, browserHash: browser.hash, app, accountId }
  const token = await preparedTokens.take(preparation)
  if (!token || accountId == null) return token
  // Without the token, the account is read again and refused. What else was checked for the token stays true.
  const [row, revoked] = await Promise.all([
    heldAccounts.get(accountId),
    windows.listRevoked(externalUserId),
  ])
  const mayBeHeld = revoked.length > 0 || (row && row.releasedAt === null)
  return mayBeHeld ? undefined : token
}
