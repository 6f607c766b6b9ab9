/**
 * What went wrong, as a word that never changes:
 *
 * - `ERR_CONFIGURATION`: an option of `createPipedreamClient` is wrong; nothing was sent.
 * - `ERR_INVALID_INPUT`: an argument of a call is wrong; nothing was sent.
 * - `ERR_AUTHENTICATION`: Pipedream refused the client credentials, or the access token (401).
 * - `ERR_FORBIDDEN`: the credentials may not do this (403).
 * - `ERR_NOT_FOUND`: no such thing, or the credentials may not see it (404).
 * - `ERR_BAD_REQUEST`: any other refusal (400, 422 and other 4xx).
 * - `ERR_RATE_LIMITED`: too many requests (429); `retryAfterMs` says how long to wait, when Pipedream said so.
 * - `ERR_UPSTREAM`: Pipedream failed (5xx, 408).
 * - `ERR_NETWORK`: no whole response arrived; `cause` is what `fetch` threw.
 * - `ERR_TIMEOUT`: `timeoutMs` passed.
 * - `ERR_ABORTED`: the caller's `signal` was aborted; `cause` is its reason.
 * - `ERR_BAD_RESPONSE`: Pipedream answered something that this client cannot read, or a redirect.
 * - `ERR_BAD_WEBHOOK`: a webhook must not be believed; `check` of the `PipedreamWebhookError` says why.
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
  /** `GET`, `POST`, ... */
  readonly method: string
  /** Origin and path. The query is left out, because it may name a person; so is a connect token in the path. */
  readonly url: string
}

/** What a `PipedreamError` knows besides its sentence. */
export interface PipedreamErrorInfo {
  code: PipedreamErrorCode
  target?: RequestTarget | undefined
  status?: number | undefined
  requestId?: string | undefined
  retryAfterMs?: number | undefined
  detail?: string | undefined
  cause?: unknown
}

/**
 * Every error of this client. Its message and its own properties never hold a body, a token or a secret.
 */
export class PipedreamError extends Error {
  override readonly name: string = 'PipedreamError'
  /** What went wrong, as a word that never changes. */
  readonly code: PipedreamErrorCode
  /** The HTTP status, when there was a response. */
  readonly status: number | undefined
  /** The HTTP method, when a request was made or about to be. */
  readonly method: string | undefined
  /** Origin and path of the request, without its query. */
  readonly url: string | undefined
  /** The response's `x-request-id`, for talking to Pipedream's support (inferred: not documented). */
  readonly requestId: string | undefined
  /** How long Pipedream asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined
  /**
   * Pipedream's own short sentence (the `error` key of its response), at most 200 characters,
   * and only when it looks like plain words: anything that resembles a token or a secret is left out.
   */
  readonly detail: string | undefined

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

/** An option of `createPipedreamClient`, or an argument of a call, is wrong. Nothing was sent. */
export class PipedreamInputError extends PipedreamError {
  override readonly name = 'PipedreamInputError'
  /** The option or argument that is wrong. */
  readonly input: string

  constructor(
    code: 'ERR_CONFIGURATION' | 'ERR_INVALID_INPUT',
    input: string,
    /** What is expected, as the end of the sentence "<input> must be ...". Never the value. */
    expected: string,
  ) {
    super(`${input} must be ${expected}.`, { code })
    this.input = input
  }
}

/** `timeoutMs` passed before the call was done. */
export class PipedreamTimeoutError extends PipedreamError {
  override readonly name = 'PipedreamTimeoutError'
  /** The bound that was passed, in milliseconds. */
  readonly timeoutMs: number

  constructor(timeoutMs: number, target: RequestTarget) {
    super(`Pipedream did not answer within ${timeoutMs} ms. Try again, or raise timeoutMs.`, {
      code: 'ERR_TIMEOUT',
      target,
    })
    this.timeoutMs = timeoutMs
  }
}

/** The caller's `signal` was aborted. Its reason is the `cause`. */
export class PipedreamAbortError extends PipedreamError {
  override readonly name = 'PipedreamAbortError'

  constructor(reason: unknown, target: RequestTarget) {
    super('The call was aborted by its signal.', { code: 'ERR_ABORTED', target, cause: reason })
  }
}
