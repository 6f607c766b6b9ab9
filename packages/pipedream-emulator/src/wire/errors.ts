import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** An answer of Pipedream's error shape, to be thrown: `{"error": "..."}` is all that Pipedream guarantees. */
export function wireError(status: ContentfulStatusCode, error: string): HTTPException {
  return bodyError(status, { error })
}

/** The token endpoint's errors, in the style of RFC 6749 (inferred: Pipedream publishes the statuses alone). */
export function oauthError(
  status: ContentfulStatusCode,
  error: string,
  description: string,
): HTTPException {
  return bodyError(status, { error, error_description: description })
}

/** Pipedream's body for everything that is not there, observed also where a credential is missing. */
export function recordNotFound(): HTTPException {
  return wireError(404, 'record not found')
}

/** Pipedream documents this answer, and these four headers, for a limit that was reached. Times are in milliseconds. */
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
