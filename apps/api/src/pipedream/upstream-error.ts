import { PipedreamError, type PipedreamErrorCode } from 'pipedream-client/server'

const RETRYABLE: ReadonlySet<PipedreamErrorCode> = new Set([
  'ERR_RATE_LIMITED',
  'ERR_UPSTREAM',
  'ERR_NETWORK',
  'ERR_TIMEOUT',
  'ERR_BAD_RESPONSE',
])

/** Whether a retry may help. */
export function isRetryable({ code }: PipedreamError): boolean {
  return RETRYABLE.has(code)
}

/** Whether Pipedream reports that the resource does not exist. */
export function isNotFound(error: unknown): boolean {
  return error instanceof PipedreamError && error.code === 'ERR_NOT_FOUND'
}

/** The message for the caller; the error's own message is for the log. */
export function upstreamSentence({ code, retryAfterMs }: PipedreamError): string {
  if (code === 'ERR_RATE_LIMITED') {
    return `Too many requests right now. Try again in ${inSeconds(retryAfterMs)}.`
  }
  return SENTENCES[code]
}

const UNREACHABLE = 'We can’t reach the account service right now. Try again in a minute.'
const REFUSED = 'Pipedream rejected the request. If it happens again, contact the operator.'

const SENTENCES: Record<Exclude<PipedreamErrorCode, 'ERR_RATE_LIMITED'>, string> = {
  ERR_AUTHENTICATION:
    'Pipedream rejected this server’s credentials. The operator must check PIPEDREAM_CLIENT_ID and PIPEDREAM_CLIENT_SECRET.',
  ERR_NOT_FOUND:
    'Pipedream doesn’t find this project with these credentials. The operator must check PIPEDREAM_PROJECT_ID.',
  ERR_FORBIDDEN:
    'Pipedream denied this request. The operator must check the scopes of its OAuth client.',
  ERR_BAD_RESPONSE: 'Pipedream returned an invalid response. Try again in a minute.',
  ERR_BAD_REQUEST: REFUSED,
  ERR_BAD_WEBHOOK: REFUSED,
  ERR_INVALID_INPUT: REFUSED,
  ERR_CONFIGURATION: REFUSED,
  ERR_UPSTREAM: UNREACHABLE,
  ERR_NETWORK: UNREACHABLE,
  ERR_TIMEOUT: UNREACHABLE,
  ERR_ABORTED: UNREACHABLE,
}

/** `retryAfterMs`, limited to GraphQL's 32-bit Int. */
export function retryAfterInt({ retryAfterMs }: PipedreamError): number | null {
  return retryAfterMs === undefined ? null : Math.min(Math.ceil(retryAfterMs), 2 ** 31 - 1)
}

function inSeconds(retryAfterMs: number | undefined): string {
  if (retryAfterMs === undefined) return 'a minute'
  const minutes = Math.ceil(retryAfterMs / 60_000)
  if (minutes > 90) return `${Math.ceil(minutes / 60)} hours`
  if (minutes > 2) return `${minutes} minutes`
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000))
  return seconds === 1 ? '1 second' : `${seconds} seconds`
}
