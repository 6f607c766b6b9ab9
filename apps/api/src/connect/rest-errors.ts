import { PipedreamError } from 'pipedream-client/server'
import type { z } from 'zod'
import {
  InvalidInput,
  NotAllowed,
  NotSignedIn,
  RateLimited,
  Refusal,
  UnknownApp,
} from '../errors.ts'
import { json, refuse, type Reply } from '../http/reply.ts'
import { currentRequest } from '../observability/log.ts'
import { isRetryable, upstreamSentence } from '../pipedream/upstream-error.ts'

/** An error reply in the form of the REST endpoints. */
export function jsonError(
  status: number,
  error: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return json(status, { error }, headers)
}

const NOT_SIGNED_IN =
  'Not signed in. Servers: send `Authorization: Bearer <SERVICE_KEY>`. Pages: sign the user in first. See docs/integrating.md.'

/** The reply to an expected error or an error from Pipedream. Rethrows any other error. */
export function errorReply(error: unknown): Reply {
  if (error instanceof PipedreamError) return upstreamReply(error)
  if (error instanceof InvalidInput || error instanceof UnknownApp) {
    return jsonError(400, error.message)
  }
  if (error instanceof NotSignedIn) {
    return jsonError(401, NOT_SIGNED_IN, { 'www-authenticate': 'Bearer' })
  }
  if (error instanceof NotAllowed) return jsonError(403, error.message)
  if (error instanceof RateLimited) {
    return jsonError(429, error.message, retryAfter(error.retryAfterMs))
  }
  if (!(error instanceof Refusal)) throw error
  return jsonError(refuse(error).status, error.message, error.headers)
}

function upstreamReply(error: PipedreamError): Reply {
  currentRequest()?.log.warn({ err: error }, 'A call to Pipedream failed')
  const status = error.code === 'ERR_RATE_LIMITED' ? 429 : isRetryable(error) ? 503 : 502
  return jsonError(status, upstreamSentence(error), retryAfter(error.retryAfterMs))
}

function retryAfter(retryAfterMs: number | undefined): Record<string, string> {
  return retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) }
}

/** Parses a body with a schema. Throws `InvalidInput`. */
export function parseBody<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): z.infer<Schema> {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const field = String(issue?.path[0] ?? 'body')
  throw new InvalidInput(field, field === 'body' ? 'Send a JSON object.' : String(issue?.message))
}
