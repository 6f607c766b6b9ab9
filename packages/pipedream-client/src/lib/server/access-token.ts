/** A bearer for the whole Pipedream workspace. Keep it on the server. */
export interface AccessToken {
  /** What goes after `Bearer `. Opaque. */
  readonly accessToken: string
  /** `Bearer`. */
  readonly tokenType: string
  /** When it expires, by this machine's clock. Pipedream documents one hour. */
  readonly expiresAt: Date
  /** What it may do, space separated; null when Pipedream did not say. */
  readonly scope: string | null
  /** The answer as it came, the token included. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Gives out one access token to many callers. */
export interface AccessTokenCache {
  /** A token that is fresh enough; fetched at most once, however many callers wait. */
  get(): Promise<AccessToken>
  /** Forgets this token, which was refused. A newer one stays. */
  drop(refused: AccessToken): void
}

const REFRESH_AHEAD_MS = 120_000

interface CachedToken {
  readonly token: AccessToken
  readonly fetchedAt: number
}

/** Two minutes before its expiry a token is stale; a short-lived one is when half its life is over. */
function isFresh({ token, fetchedAt }: CachedToken, now: number): boolean {
  const expiresAt = token.expiresAt.getTime()
  return now < expiresAt - Math.min(REFRESH_AHEAD_MS, (expiresAt - fetchedAt) / 2)
}

/**
 * A cache with one request in flight. A failure is told to everyone who waits for it,
 * unless the token that they have is still good, and it is remembered for nobody.
 */
export function createAccessTokenCache(fetchToken: () => Promise<AccessToken>): AccessTokenCache {
  let cached: CachedToken | undefined
  let pending: Promise<AccessToken> | undefined

  async function refresh(): Promise<AccessToken> {
    try {
      const token = await fetchToken()
      cached = { token, fetchedAt: Date.now() }
      return token
    } finally {
      pending = undefined
    }
  }

  return {
    async get() {
      if (cached !== undefined && isFresh(cached, Date.now())) return cached.token
      pending ??= refresh()
      try {
        return await pending
      } catch (error) {
        // Refreshing ahead must not make an outage longer: a token that is still good is still used.
        if (cached !== undefined && cached.token.expiresAt.getTime() > Date.now())
          return cached.token
        throw error
      }
    },
    drop(refused) {
      // Calls that went out with an old token may be refused late, long after it was replaced.
      if (cached?.token === refused) cached = undefined
    },
  }
}
