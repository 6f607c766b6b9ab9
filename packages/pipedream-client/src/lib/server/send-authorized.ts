import { PipedreamError } from '../http/errors.ts'
import { type HttpCall, isStream, sendRequest } from '../http/send-request.ts'
import type { Deadline } from '../http/with-deadline.ts'
import type { ClientConfig } from './client-options.ts'
import type { AccessToken } from './oauth-tokens.ts'

/** A call without its access token. */
export interface UnauthorizedCall<T> extends Omit<HttpCall<T>, 'unauthorizedMessage' | 'secrets'> {
  /** The error message if a new access token is also rejected with 401. Default: that the credentials may be wrong. */
  unauthorizedMessage?: string | undefined
  /** Strings that no error may contain, besides the access token and the client secret. */
  secrets?: readonly string[] | undefined
}

/** Sends a call with an access token. Replaces a rejected access token once. */
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
    unauthorizedMessage:
      call.unauthorizedMessage ??
      'Pipedream rejected the access token, even a new one. Check that clientId and projectId belong to the same workspace.',
    secrets: [accessToken, config.clientSecret, ...(call.secrets ?? [])],
  }
}

/** Shares one access token between all calls. */
export interface AccessTokenCache {
  /** Returns a token that is not about to expire. Concurrent callers share one request. */
  get(): Promise<AccessToken>
  /** Removes a rejected token from the cache, unless a newer one has replaced it. */
  drop(refused: AccessToken): void
}

const REFRESH_AHEAD_MS = 120_000

interface CachedToken {
  readonly token: AccessToken
  readonly fetchedAt: number
}

/** A token is refreshed two minutes before it expires, or after half of a shorter lifetime. */
function isFresh({ token, fetchedAt }: CachedToken, now: number): boolean {
  const expiresAt = token.expiresAt.getTime()
  return now < expiresAt - Math.min(REFRESH_AHEAD_MS, (expiresAt - fetchedAt) / 2)
}

/**
 * Creates a cache with at most one request in flight. A failed request rejects for all waiting callers, unless the cached token
 * is still valid. Failures are not cached.
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
        // An early refresh must not prolong an outage: a token that is still valid remains in use.
        if (cached !== undefined && cached.token.expiresAt.getTime() > Date.now())
          return cached.token
        throw error
      }
    },
    drop(refused) {
      // A call with an old token may be rejected long after the token was replaced.
      if (cached?.token === refused) cached = undefined
    },
  }
}
