/**
 * The kind of failure. Codes never change:
 *
 * - `ERR_CONFIGURATION`: invalid option of `createPipedreamClient` or `createNodeTransport`; nothing was sent.
 * - `ERR_INVALID_INPUT`: invalid argument of a call; nothing was sent.
 * - `ERR_AUTHENTICATION`: Pipedream rejected the client credentials or the access token (401).
 * - `ERR_FORBIDDEN`: the credentials lack permission (403).
 * - `ERR_NOT_FOUND`: the resource does not exist, or the credentials cannot see it (404).
 * - `ERR_BAD_REQUEST`: any other rejection (400, 422 and other 4xx).
 * - `ERR_RATE_LIMITED`: too many requests (429); see `retryAfterMs`.
 * - `ERR_UPSTREAM`: Pipedream failed (5xx, 408).
 * - `ERR_NETWORK`: no complete response arrived; `cause` is the error that `fetch` threw.
 * - `ERR_TIMEOUT`: the call took longer than `timeoutMs`.
 * - `ERR_ABORTED`: the caller's `signal` was aborted; `cause` is its reason.
 * - `ERR_BAD_RESPONSE`: the response does not match the API's contract, or is a redirect.
 * - `ERR_BAD_WEBHOOK`: the webhook is not authentic or not readable; see `check` of `PipedreamWebhookError`.
 */
export type PipedreamErrorCode =
  | 'ERR_CONFIGURATION'
  | 'ERR_INVALID_INPUT'
  | 'ERR_AUTHENTICATION'
  | 'ERR_FORBIDDEN'
  | 'ERR_NOT_FOUND'
  | 'ERR_BAD_REQUEST'
  | 'ERR_RATE_LIMITED'
  | 'ERR_UPSTREAM'
  | 'ERR_NETWORK'
  | 'ERR_TIMEOUT'
  | 'ERR_ABORTED'
  | 'ERR_BAD_RESPONSE'
  | 'ERR_BAD_WEBHOOK'

/** The request that an error is about. */
export interface RequestTarget {
  /** The HTTP method in upper case, such as `GET`. */
  readonly method: string
  /** Origin and path. Omits the query, which may identify a person, and redacts connect tokens in the path. */
  readonly url: string
}

/** Properties of a `PipedreamError`, except its message. */
export interface PipedreamErrorInfo {
  /** The kind of failure. */
  code: PipedreamErrorCode
  /** The request that failed. Default: none. */
  target?: RequestTarget | undefined
  /** The HTTP status. Default: undefined, for no response. */
  status?: number | undefined
  /** The `x-request-id` header of the response. Default: undefined. */
  requestId?: string | undefined
  /** How long Pipedream asks to wait, in milliseconds. Default: undefined. */
  retryAfterMs?: number | undefined
  /** Pipedream's own message. Default: undefined. */
  detail?: string | undefined
  /** The error that led to this one. Default: undefined. */
  cause?: unknown
}

/** Base class of every error of this client. The message and the properties never contain a body, a token or a secret. */
export class PipedreamError extends Error {
  /** The name of the error class. */
  override readonly name: string = 'PipedreamError'
  /** The kind of failure; codes never change. */
  readonly code: PipedreamErrorCode
  /** The HTTP status; undefined if no response arrived. */
  readonly status: number | undefined
  /** The HTTP method; undefined if the error is not about a request. */
  readonly method: string | undefined
  /** Origin and path of the request, without its query; undefined if the error is not about a request. */
  readonly url: string | undefined
  /**
   * The `x-request-id` header of the response, for Pipedream's support; undefined if absent. Inferred: Pipedream does not
   * document it.
   */
  readonly requestId: string | undefined
  /** How long Pipedream asks to wait before the next request, in milliseconds; undefined if it did not say. */
  readonly retryAfterMs: number | undefined
  /**
   * Pipedream's own message (the `error` key of the response), at most 200 characters. Undefined if it is missing, or if it
   * resembles a token or a secret.
   */
  readonly detail: string | undefined

  /** `sentence` is the message, to which status, method and URL are added. */
  constructor(sentence: string, info: PipedreamErrorInfo) {
    super(describe(sentence, info), info.cause === undefined ? undefined : { cause: info.cause })
    this.code = info.code
    this.status = info.status
    this.method = info.target?.method
    this.url = info.target?.url
    this.requestId = info.requestId
    this.retryAfterMs = info.retryAfterMs
    this.detail = info.detail
  }
}

function describe(sentence: string, { status, target }: PipedreamErrorInfo): string {
  if (target === undefined) return sentence
  const response = status === undefined ? '' : `${status}, `
  return `${sentence} (${response}${target.method} ${target.url})`
}

/** An option or an argument is invalid. Nothing was sent. */
export class PipedreamInputError extends PipedreamError {
  override readonly name = 'PipedreamInputError'
  /** The name of the invalid option or argument. */
  readonly input: string

  /** `input` is the name of the invalid option or argument. */
  constructor(
    code: 'ERR_CONFIGURATION' | 'ERR_INVALID_INPUT',
    input: string,
    /** What is expected, as the end of the sentence "<input> must be ...". Never contains the value. */
    expected: string,
  ) {
    super(`${input} must be ${expected}.`, { code })
    this.input = input
  }
}

/** The call took longer than `timeoutMs`. */
export class PipedreamTimeoutError extends PipedreamError {
  override readonly name = 'PipedreamTimeoutError'
  /** The limit that was exceeded, in milliseconds. */
  readonly timeoutMs: number

  /** `timeoutMs` is the limit that was exceeded. */
  constructor(timeoutMs: number, target: RequestTarget) {
    super(`Pipedream did not respond within ${timeoutMs} ms. Try again, or raise timeoutMs.`, {
      code: 'ERR_TIMEOUT',
      target,
    })
    this.timeoutMs = timeoutMs
  }
}

/** The caller's `signal` was aborted. `cause` is its reason. */
export class PipedreamAbortError extends PipedreamError {
  override readonly name = 'PipedreamAbortError'

  /** `reason` is the reason of the aborted signal. */
  constructor(reason: unknown, target: RequestTarget) {
    super('The call was aborted by its signal.', { code: 'ERR_ABORTED', target, cause: reason })
  }
}
