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
import { refuse } from '../http/responses.ts'
import { findAddress, isRestPath } from '../http/routes.ts'
import type { Site } from '../http/site.ts'
import { currentRequest } from '../observability/log.ts'
import { isRetryable, upstreamSentence } from '../pipedream/upstream-error.ts'

/** An error response in the form of the REST endpoints. */
export function jsonError(
  status: number,
  error: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json({ error }, { status, headers })
}

/**
 * Turns a plain-text error of a path under `/api/` into JSON. A request can also fail before or after it reaches an
 * endpoint, and the endpoints promise `{"error": ...}` in all of these cases.
 */
export async function asRestFailure(
  request: Request,
  response: Response,
  { basePath }: Site,
): Promise<Response> {
  const isSentence = response.headers.get('content-type')?.startsWith('text/plain')
  if (!isSentence || !isRestAddress(request.url, basePath)) return response
  const headers = new Headers(response.headers)
  headers.delete('content-type')
  headers.delete('content-length')
  const error = (await response.text()).trim()
  return Response.json({ error }, { status: response.status, headers })
}

// Does not use `URL`, because an invalid URL is one of the errors.
function isRestAddress(url: string, basePath: string): boolean {
  const path = /^[^/]*\/\/[^/?#]*([^?#]*)/.exec(url)?.[1] ?? ''
  return isRestPath(findAddress(path, basePath).path)
}

const NOT_SIGNED_IN =
  'Not signed in. Servers: send `Authorization: Bearer <SERVICE_KEY>`. Pages: sign the user in first. See docs/integrating.md.'

/** The response to an expected error or an error from Pipedream. Rethrows any other error. */
export function errorResponse(error: unknown): Response {
  if (error instanceof PipedreamError) return upstreamResponse(error)
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

function upstreamResponse(error: PipedreamError): Response {
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
