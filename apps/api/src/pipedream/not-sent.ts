import type { FetchResponse } from 'pipedream-client/server'

// With a shorter `retry-after`, the client would wait and retry instead of failing immediately.
const LEAST_RETRY_AFTER_MS = 11_000

interface Refusal {
  status: 429 | 503
  /** Why the request is not sent, as a sentence. */
  error: string
  retryAfterMs: number
}

/** The response to a request that is not sent to Pipedream. The client does not retry it. */
export function notSent({ status, error, retryAfterMs }: Refusal): FetchResponse {
  const seconds = Math.ceil(Math.max(retryAfterMs, LEAST_RETRY_AFTER_MS) / 1000)
  return Response.json({ error }, { status, headers: { 'retry-after': String(seconds) } })
}
