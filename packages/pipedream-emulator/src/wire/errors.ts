import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** Returns an error response in Pipedream's shape, to be thrown. Pipedream guarantees only `{"error": "..."}`. */
export function wireError(status: ContentfulStatusCode, error: string): HTTPException {
  return bodyError(status, { error })
}

/**
 * Returns an error of the token endpoint in the style of RFC 6749 (inferred: Pipedream documents only the statuses).
 */
export function oauthError(
  status: ContentfulStatusCode,
  error: string,
  description: string,
): HTTPException {
  return bodyError(status, { error, error_description: description })
}

/** Returns Pipedream's error for anything that does not exist, which was also observed for a missing credential. */
export function recordNotFound(): HTTPException {
  return wireError(404, 'record not found')
}

/** Returns the error and the four headers that Pipedream documents for an exceeded limit. Times are in milliseconds. */
export function throttled(limit: {
  requests: number
  now: number
  resetsAt: number
}): HTTPException {
  const headers = {
    'retry-after': String(Math.max(1, Math.ceil((limit.resetsAt - limit.now) / 1000))),
    'x-ratelimit-limit': String(limit.requests),
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.ceil(limit.resetsAt / 1000)),
  }
  return new HTTPException(429, {
    res: Response.json({ error: 'Throttled' }, { status: 429, headers }),
  })
}

function bodyError(status: ContentfulStatusCode, body: Record<string, string>): HTTPException {
  return new HTTPException(status, { res: Response.json(body, { status }) })
}
