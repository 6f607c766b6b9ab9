import { PipedreamError, type PipedreamErrorCode } from './errors.ts'
import type { FetchResponse } from './fetch-like.ts'
import { readDate } from './read-date.ts'
import { readRetryAfterMs } from './retry-delay.ts'
import type { HttpRequest, Receive } from './send-request.ts'

/** The complete response of a successful call. */
export interface TextResponse {
  readonly status: number
  readonly requestId: string | undefined
  readonly body: string
  /** Returns when it was written, by the server's clock; null if unknown. A function, because few calls need it. */
  readonly date: () => Date | null
}

/** Reads the whole body of a 2xx response as a string. Any other response is an error. */
export const receiveText: Receive<TextResponse> = async (response, { request, mayHaveWorked }) => {
  const body = await response.text()
  const { status } = response
  const requestId = readRequestId(response, request)
  const date = () => readDate(response.headers)
  if (status >= 200 && status < 300) return { status, requestId, body, date }
  // A repeated deletion that returns 404 succeeded the first time, but its response was lost.
  const isGone = request.target.method === 'DELETE' && status === 404 && mayHaveWorked
  return isGone ? { status, requestId, body: '', date } : responseError(request, response, body)
}

const SENTENCES: Readonly<Partial<Record<PipedreamErrorCode, string>>> = {
  ERR_FORBIDDEN: 'Pipedream does not allow these credentials to do this. Check their scope.',
  ERR_NOT_FOUND:
    'Pipedream cannot find this resource, or these credentials cannot see it. Check the id, the project and the environment.',
  ERR_BAD_REQUEST: 'Pipedream rejected the request. See `detail` for its reason, if it gave one.',
  ERR_RATE_LIMITED: 'Pipedream is receiving too many requests. Wait, then try again.',
  ERR_UPSTREAM: 'Pipedream failed to respond. Try again later.',
  ERR_BAD_RESPONSE:
    'Pipedream responded with a redirect, which is not followed because it could send a secret to another host. Check baseUrl.',
}

/** The error for a response whose status is not 2xx. */
export function responseError(
  request: Pick<HttpRequest, 'target' | 'unauthorizedMessage' | 'secrets'>,
  response: Pick<FetchResponse, 'status' | 'headers'>,
  body: string,
): PipedreamError {
  const reason = readReason(body)
  const code = codeOf(response.status, reason)
  return new PipedreamError(SENTENCES[code] ?? request.unauthorizedMessage, {
    code,
    target: request.target,
    status: response.status,
    requestId: readRequestId(response, request),
    retryAfterMs: readRetryAfterMs(response.headers),
    detail: plainSentence(reason, request.secrets),
  })
}

/** Pipedream's request id, if it is safe to log. */
function readRequestId(
  { headers }: Pick<FetchResponse, 'headers'>,
  { secrets }: Pick<HttpRequest, 'secrets'>,
): string | undefined {
  return plainSentence(headers.get('x-request-id'), secrets)
}

function codeOf(status: number, reason: unknown): PipedreamErrorCode {
  // OAuth 2.0 (RFC 6749, section 5.2) allows 400 as well as 401 for invalid client credentials.
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
// Letters, digits and the punctuation of prose. Excludes braces, angle brackets, line breaks, `=` and `@`.
const PROSE = /^[\p{L}\p{N} .,:;!?'"()/_-]+$/u
const TELLTALE =
  /ctok_|eyJ|\b(?:sk|pk|rk|csec|cid|xox\w)[-_]|bearer\s|(?:secret|token|password|key)\s*:/i
// Random strings mix letters and digits, or have no spaces.
const RANDOM_WORD = /(?=\S*\p{L})(?=\S*\p{N})\S{16,}|\S{40,}/u

/**
 * Returns the value if it is a short, plain sentence that is safe to show or log. A server may echo what it received, so a
 * value that resembles a secret is dropped entirely.
 */
function plainSentence(text: unknown, secrets: readonly string[]): string | undefined {
  if (typeof text !== 'string' || text.length > LONGEST || !PROSE.test(text)) return undefined
  if (TELLTALE.test(text) || RANDOM_WORD.test(text)) return undefined
  return secrets.some((secret) => text.includes(secret)) ? undefined : text
}
