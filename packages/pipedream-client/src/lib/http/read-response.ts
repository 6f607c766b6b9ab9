import { PipedreamError, type PipedreamErrorCode } from './errors.ts'
import type { FetchResponse } from './fetch-like.ts'
import { readRetryAfterMs } from './retry-delay.ts'
import type { HttpRequest, Receive } from './send-request.ts'

/** The whole response of a call that succeeded. */
export interface TextResponse {
  readonly status: number
  readonly requestId: string | undefined
  readonly body: string
}

/** Reads the whole body of a 2xx as text. Every other answer is an error. */
export const receiveText: Receive<TextResponse> = async (response, { request, mayHaveWorked }) => {
  const body = await response.text()
  const { status } = response
  const requestId = readRequestId(response, request)
  if (status >= 200 && status < 300) return { status, requestId, body }
  // A deletion whose answer was lost, and that now finds nothing, did its work the first time.
  const isGone = request.target.method === 'DELETE' && status === 404 && mayHaveWorked
  return isGone ? { status, requestId, body: '' } : responseError(request, response, body)
}

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

/** The error that a response other than 2xx, and its body, stand for. */
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
function readRequestId(
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
    const response: unknown = JSON.parse(body)
    return typeof response === 'object' && response !== null && 'error' in response
      ? response.error
      : undefined
  } catch {
    return undefined
  }
}

const LONGEST = 200
// Letters, digits and the punctuation of prose: no braces, no angle brackets, no line breaks, no `=` and no `@`.
const PROSE = /^[\p{L}\p{N} .,:;!?'"()/_-]+$/u
const TELLTALE =
  /ctok_|eyJ|\b(?:sk|pk|rk|csec|cid|xox\w)[-_]|bearer\s|(?:secret|token|password|key)\s*:/i
// Random texts mix letters and digits, or go on without a break.
const RANDOM_WORD = /(?=\S*\p{L})(?=\S*\p{N})\S{16,}|\S{40,}/u

/**
 * The text, if it is a short plain sentence that can be shown or logged; else undefined.
 * What the other end says may echo what it was sent, so whatever resembles a secret is dropped as a whole.
 */
function plainSentence(text: unknown, secrets: readonly string[]): string | undefined {
  if (typeof text !== 'string' || text.length > LONGEST || !PROSE.test(text)) return undefined
  if (TELLTALE.test(text) || RANDOM_WORD.test(text)) return undefined
  return secrets.some((secret) => text.includes(secret)) ? undefined : text
}
