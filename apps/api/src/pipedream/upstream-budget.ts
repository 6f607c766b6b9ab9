import type { FetchLike } from 'pipedream-client/server'
import type { RateLimits } from '../http/rate-limits.ts'
import { notSent } from './not-sent.ts'
import { currentCaller, type UpstreamCaller, type UpstreamShare } from './upstream-caller.ts'

/**
 * Wraps `fetch` so that no user uses up Pipedream's limits for the project: each user has a budget of calls a minute, another
 * one for confirmations and removals, a third one for webhooks, and so have all of them together; what these leave of
 * Pipedream's limit belongs to the gateway itself. A call beyond the budget is not sent: it fails with `ERR_RATE_LIMITED`.
 */
export function withUpstreamBudget(fetch: FetchLike, rates: Pick<RateLimits, 'take'>): FetchLike {
  return async (url, init) => {
    const caller = currentCaller()
    const retryAfterMs =
      caller && (await take(caller, `${init?.method ?? 'GET'} ${pathOf(url)}`, rates))
    if (retryAfterMs === undefined) return fetch(url, init)
    return notSent({
      status: 429,
      error: 'Not sent, because of the gateway’s limits.',
      retryAfterMs,
    })
  }
}

async function take(
  { externalUserId, share }: UpstreamCaller,
  call: string,
  rates: Pick<RateLimits, 'take'>,
): Promise<number | undefined> {
  // All callers share the access token.
  if (ACCESS_TOKEN.test(call)) return undefined
  if (externalUserId !== null) {
    const retryAfterMs = await rates.take(LIMITS[share].user, externalUserId)
    if (retryAfterMs !== undefined) return retryAfterMs
  }
  // Pipedream limits connect tokens for each user, not for the project.
  if (CONNECT_TOKEN.test(call)) return undefined
  return rates.take(LIMITS[share].project, 'project')
}

const LIMITS = {
  general: { user: 'upstreamUser', project: 'upstreamProject' },
  urgent: { user: 'upstreamUrgent', project: 'upstreamReserve' },
  webhook: { user: 'webhookUser', project: 'webhookProject' },
} as const satisfies Record<UpstreamShare, unknown>

// The base URL may have a path. Users name parts of other paths, such as the slug of an app.
const ACCESS_TOKEN = /^POST .*\/v1\/oauth\/token$/
const CONNECT_TOKEN = /^POST .*\/v1\/connect\/[^/]+\/tokens$/

function pathOf(url: string): string {
  return new URL(url).pathname
}
