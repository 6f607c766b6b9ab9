import { PipedreamError } from '../http/errors.ts'
import { type HttpCall, isStream, sendRequest } from '../http/send-request.ts'
import type { Deadline } from '../http/with-deadline.ts'
import type { ClientConfig } from './client-options.ts'
import type { AccessToken } from './oauth-tokens.ts'

/** A call that lacks nothing but its access token. */
export interface UnauthorizedCall<T> extends Omit<HttpCall<T>, 'refusal' | 'secrets'> {
  /** What to say when even a fresh access token is answered with 401. Default: that the credentials may be wrong. */
  refusal?: string | undefined
  /** Texts besides the access token and the client secret that no error may repeat. */
  secrets?: readonly string[] | undefined
}

/** Sends a call with an access token; one that is refused is replaced, once. */
export type SendAuthorized = <T>(call: UnauthorizedCall<T>, deadline: Deadline) => Promise<T>

export function createSendAuthorized(
  config: ClientConfig,
  accessTokens: AccessTokenCache,
): SendAuthorized {
  const firstUse = new WeakMap<AccessToken, number>()
  const send: Send = (call, token, deadline) => {
    const now = Date.now()
    const since = firstUse.get(token) ?? now
    if (since === now) firstUse.set(token, now)
    const authorized = authorize(config, call, token)
    authorized.accessTokenAgeMs = now - since
    return sendRequest(config, authorized, deadline)
  }
  return async (call, deadline) => {
    const token = await accessTokens.get()
    try {
      return await send(call, token, deadline)
    } catch (error) {
      if (!(error instanceof PipedreamError && error.status === 401)) throw error
      accessTokens.drop(token)
      if (isStream(call.body)) throw error
      return send(call, await accessTokens.get(), deadline)
    }
  }
}

type Send = <T>(call: UnauthorizedCall<T>, token: AccessToken, deadline: Deadline) => Promise<T>

function authorize<T>(
  config: ClientConfig,
  call: UnauthorizedCall<T>,
  { accessToken }: AccessToken,
): HttpCall<T> {
  return {
    ...call,
    headers: {
      ...call.headers,
      authorization: `Bearer ${accessToken}`,
      'x-pd-environment': config.projectEnvironment,
    },
    refusal:
      call.refusal ??
      'Pipedream did not accept an access token, not even a fresh one. Check that clientId and projectId belong to the same workspace.',
    secrets: [accessToken, config.clientSecret, ...(call.secrets ?? [])],
  }
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
