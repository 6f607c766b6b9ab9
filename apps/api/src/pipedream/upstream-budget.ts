import type { FetchLike } from 'pipedream-client/server'
import type { RateLimits } from '../http/rate-limits.ts'
import { notSent } from './not-sent.ts'
import { currentCaller, type UpstreamCaller } from './upstream-caller.ts'

/**
 * Wraps `fetch` so that no user uses up Pipedream's limits for the project: each user has a budget of calls a minute, another
 * one for confirmations and removals, and all of them together have one that leaves the rest of Pipedream's limit to
 * confirmations, removals and the gateway itself. A call beyond the budget is not sent: it fails with `ERR_RATE_LIMITED`.
 */
export function withUpstreamBudget(fetch: FetchLike, rates: Pick<RateLimits, 'take'>): FetchLike {
  return async (url, init) => {
    const caller = currentCaller()
    const retryAfterMs = caller && (await take(caller, pathOf(url), rates))
    if (retryAfterMs === undefined) return fetch(url, init)
    return notSent({
      status: 429,
      error: 'Not sent, because of the gateway’s limits.',
      retryAfterMs,
    })
  }
}

async function take(
  { externalUserId, isUrgent }: UpstreamCaller,
  path: string,
  rates: Pick<RateLimits, 'take'>,
): Promise<number | undefined> {
  // All callers share the access token.
  if (path.endsWith('/oauth/token')) return undefined
  if (externalUserId !== null) {
    const limit = isUrgent ? 'upstreamUrgent' : 'upstreamUser'
    const retryAfterMs = await rates.take(limit, externalUserId)
    if (retryAfterMs !== undefined) return retryAfterMs
  }
  // Pipedream limits connect tokens for each user, not for the project.
  if (isUrgent || path.endsWith('/tokens')) return undefined
  return rates.take('upstreamProject', 'project')
}

function pathOf(url: string): string {
  return new URL(url).pathname
}
