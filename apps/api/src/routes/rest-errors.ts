import { PipedreamError } from 'pipedream-client/server'
import { InvalidInput, NotAllowed, NotSignedIn, RateLimited, UnknownApp } from '../errors.ts'
import { currentRequest } from '../log.ts'
import { Refusal } from '../refusal.ts'
import { isRetryable, upstreamSentence } from '../upstream-error.ts'
import { refuse } from './respond.ts'

/** An error as the REST twins say it. */
export function jsonError(
  status: number,
  error: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json({ error }, { status, headers })
}

/** What is said to an error that we meant, or that is Pipedream's. Throws again what is neither. */
export function errorAnswer(error: unknown): Response {
  if (error instanceof PipedreamError) return upstreamAnswer(error)
  if (error instanceof InvalidInput || error instanceof UnknownApp) {
    return jsonError(400, error.message)
  }
  if (error instanceof NotSignedIn) return jsonError(401, error.message)
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
