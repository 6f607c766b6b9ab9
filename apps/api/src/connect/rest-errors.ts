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

/** An error in the form of the REST endpoints. */
export function jsonError(
  status: number,
  error: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json({ error }, { status, headers })
}

/**
 * A failure of an address under `/api/`, as JSON. Requests are also refused before they reach an endpoint, and fail after
 * it, with a plain sentence: the endpoints promise `{"error": ...}` for all of these.
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

// Not by `URL`: an address that cannot be parsed is one of the failures.
function isRestAddress(url: string, basePath: string): boolean {
  const path = /^[^/]*\/\/[^/?#]*([^?#]*)/.exec(url)?.[1] ?? ''
  return isRestPath(findAddress(path, basePath).path)
}

const NOT_SIGNED_IN =
  'Not signed in. A server sends `Authorization: Bearer <SERVICE_KEY>`; a page signs its user in first. See docs/integrating.md.'

/** What is said to an error that we meant, or that is Pipedream's. Throws again what is neither. */
export function errorAnswer(error: unknown): Response {
  if (error instanceof PipedreamError) return upstreamAnswer(error)
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

function upstreamAnswer(error: PipedreamError): Response {
  currentRequest()?.log.warn({ err: error }, 'Pipedream did not do as asked')
  const status = isRetryable(error) ? 503 : 502
  return jsonError(status, upstreamSentence(error), retryAfter(error.retryAfterMs))
}

function retryAfter(retryAfterMs: number | undefined): Record<string, string> {
  return retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) }
}

/** What a body says; throws `InvalidInput` on one that is not of this shape. */
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
