import { ConnectError } from './connect-error.ts'
import type { ConnectPageOptions, OauthScopeProfile } from './connect-options.ts'

/**
 * What the user is about to connect. It comes from the browser: your server decides what to allow, and can fix any
 * member but `app` in the query of the `connectUrl` that it returns.
 */
export interface ConnectTarget {
  /** Slug or id of the app. */
  app: string
  /** `apn_...`: reconnect this account in place. Absent: add one. */
  accountId?: string
  /** Your own OAuth client, `oa_...`. Absent: Pipedream's. */
  oauthAppId?: string
  /** An app override, `ao_...`. Absent: none. */
  appOverrideId?: string
  /** The profile of OAuth scopes to request. Absent: all scopes. */
  oauthScopeProfile?: OauthScopeProfile
  /** Whether the user brings their own OAuth client. Absent: false. */
  customOauthClient?: boolean
}

/** A connect token as returned by your server. Further members are kept, and passed to `onOpen` and `confirm`. */
export type CreatedConnectToken = {
  /**
   * When the token expires: a Date, a date-time string, or a number since the epoch, in seconds or milliseconds
   * (recognised by its size).
   */
  expiresAt: Date | string | number
  /** The hosted page for the frame. Default: the `connectUrl` option, else Pipedream's. */
  connectUrl?: string | null | undefined
  /** The hosted page for a tab of its own, offered when frames are blocked. Default: not offered. */
  connectLinkUrl?: string | null | undefined
} & (
  | {
      /** `ctok_...` */
      connectToken: string
    }
  | {
      /** `ctok_...`, under its wire name. */
      token: string
    }
)

/** A connect token, ready to be used. */
export interface ReadyToken<Created> {
  connectToken: string
  expiresAtMs: number
  created: Created
}

/** Validates what `createConnectToken` returned. Throws `ERR_INVALID_INPUT`. */
function readCreatedToken<Created extends CreatedConnectToken>(
  created: Created,
): ReadyToken<Created> {
  const expiresAtMs = readInstant(created.expiresAt)
  // With an unreadable expiry, every prefetched token would silently be thrown away.
  if (!(expiresAtMs > 0)) {
    throw new ConnectError(
      'ERR_INVALID_INPUT',
      'createConnectToken must return expiresAt as a Date, a date-time string or a number.',
    )
  }
  const connectToken = 'connectToken' in created ? created.connectToken : created.token
  return { connectToken, expiresAtMs, created }
}

/** Milliseconds since the epoch; NaN if unreadable. */
export function readInstant(instant: Date | string | number): number {
  // As milliseconds 1e11 is in 1973, as seconds in 5138.
  const isInSeconds = typeof instant === 'number' && instant < 1e11
  return isInSeconds ? instant * 1000 : new Date(instant).getTime()
}

const TARGET = [
  'app',
  'accountId',
  'oauthAppId',
  'appOverrideId',
  'oauthScopeProfile',
  'customOauthClient',
]

/** Returns the target among these options, without undefined members. */
export function readTarget(options: ConnectPageOptions & { app: string }): ConnectTarget {
  const customOauthClient = options.customOauthClient || undefined
  return JSON.parse(JSON.stringify({ ...options, customOauthClient }, TARGET))
}

/** Whether two targets, both from `readTarget`, are the same. */
export function isSameTarget(
  one: ConnectTarget | undefined,
  other: ConnectTarget | undefined,
): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

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

/** Caches what the latest `createConnectToken` returns. */
export function createTokenCache<Created extends CreatedConnectToken>(settings: {
  readonly current: {
    createConnectToken: (target: ConnectTarget) => Promise<Created>
    user?: string | undefined
  }
}): TokenCache<Created> {
  const slots = new Map<string, Slot<Created>>()

  // The user may change: a token prefetched for one user is never used for another.
  const keyOf = (target: ConnectTarget) => JSON.stringify([settings.current.user, target])

  const fetchToken = async (target: ConnectTarget) =>
    readCreatedToken(await settings.current.createConnectToken(target))
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
      const key = keyOf(target)
      if (find(key) !== undefined) return
      const slot = { fetched: fetchToken(target) }
      slots.set(key, slot)
      void fill(key, slot)
    },
    take(target) {
      const key = keyOf(target)
      const slot = find(key)
      slots.delete(key)
      return slot?.token ?? slot?.fetched ?? fetchToken(target)
    },
  }
}
