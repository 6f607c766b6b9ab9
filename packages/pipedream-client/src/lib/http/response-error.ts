import { PipedreamError, type PipedreamErrorCode } from './errors.ts'
import { plainSentence } from './plain-sentence.ts'
import { readRetryAfterMs } from './retry-delay.ts'
import type { FetchResponse, HttpRequest } from './send-once.ts'

const SENTENCES: Readonly<Partial<Record<PipedreamErrorCode, string>>> = {
  ERR_FORBIDDEN: 'Pipedream does not allow these credentials to do this. Check their scope.',
  ERR_NOT_FOUND:
    'Pipedream knows no such thing, or these credentials may not see it. Check the id, the project and the environment.',
  ERR_BAD_REQUEST: 'Pipedream refused the request. Its reason, if it gave one, is in `detail`.',
  ERR_RATE_LIMITED: 'Pipedream is receiving too many requests. Wait, then try again.',
  ERR_UPSTREAM: 'Pipedream failed to answer. Try again later.',
  ERR_BAD_RESPONSE:
    'Pipedream answered with a redirect, which is not followed because it could carry a secret elsewhere. Check baseUrl.',
}

/** The error that an answer other than 2xx, and its body, stand for. */
export function responseError(
  request: Pick<HttpRequest, 'target' | 'refusal' | 'secrets'>,
  response: Pick<FetchResponse, 'status' | 'headers'>,
  body: string,
): PipedreamError {
  const reason = readReason(body)
  const code = codeOf(response.status, reason)
  return new PipedreamError(SENTENCES[code] ?? request.refusal, {
    code,
    target: request.target,
    status: response.status,
    requestId: readRequestId(response, request),
    retryAfterMs: readRetryAfterMs(response.headers),
    detail: plainSentence(reason, request.secrets),
  })
}

/** Pipedream's id of a request, when it gave one that is fit for a log. */
export function readRequestId(
  { headers }: Pick<FetchResponse, 'headers'>,
  { secrets }: Pick<HttpRequest, 'secrets'>,
): string | undefined {
  return plainSentence(headers.get('x-request-id'), secrets)
}

function codeOf(status: number, reason: unknown): PipedreamErrorCode {
  // OAuth lets a server answer wrong client credentials with 400 as well as 401.
  if (status === 401 || (status === 400 && reason === 'invalid_client')) return 'ERR_AUTHENTICATION'
  if (status === 403) return 'ERR_FORBIDDEN'
  if (status === 404) return 'ERR_NOT_FOUND'
  if (status === 429) return 'ERR_RATE_LIMITED'
  if (status === 408 || status >= 500) return 'ERR_UPSTREAM'
  return status >= 400 ? 'ERR_BAD_REQUEST' : 'ERR_BAD_RESPONSE'
}

// Pipedream documents `{ "error": "a sentence" }`.
function readReason(body: string): unknown {
  try {
    const answer: unknown = JSON.parse(body)
    return typeof answer === 'object' && answer !== null && 'error' in answer
      ? answer.error
      : undefined
  } catch {
    return undefined
  }
}
