import { buildUrl, type Query, targetOf } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import { PipedreamError, PipedreamInputError, type RequestTarget } from '../http/errors.ts'
import { receiveText, type TextResponse } from '../http/read-response.ts'
import { isHeaderValue } from '../http/request-input.ts'
import { checkTimeoutMs, withDeadline } from '../http/with-deadline.ts'
import type { ClientConfig } from './client-options.ts'
import { UnreadableResponse } from './read-json.ts'
import type { SendAuthorized, UnauthorizedCall } from './send-authorized.ts'

/** One call of the API. */
interface ApiRequest<T> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Segments after `/v1`, not yet encoded. */
  path: readonly string[]
  query?: Query
  /** Sent as JSON; undefined keys are left out. */
  body?: Record<string, unknown>
  /** Whether sending it twice is as good as once. Default: unless it is a POST or PATCH. */
  repeatable?: boolean | undefined
  /** Sent besides the client's own headers, which win; names in lower case. */
  headers?: Record<string, string>
  /** Texts in the body that no error may repeat, should the other end echo them. */
  secrets?: readonly string[]
  /** What to say when even a fresh access token is answered with 401. Default: that the credentials may be wrong. */
  refusal?: string
  /** Reads the JSON of a 2xx; undefined when there was no body. */
  read: (json: unknown) => T
}

const REPEATABLE: ReadonlySet<string> = new Set(['GET', 'PUT', 'DELETE'])

/** Sends a call of the JSON API with an access token. */
export type CallApi = <T>(request: ApiRequest<T>, options?: CallOptions) => Promise<T>

export function createCallApi(config: ClientConfig, sendAuthorized: SendAuthorized): CallApi {
  return async (request, options) => {
    const limits = readLimits(config, options)
    const counted = rateLimitHeader(config, options)
    const call = writeCall(config, request, counted)
    call.repeatable = options?.repeatable ?? call.repeatable
    return withDeadline(limits, call.target, async (deadline) =>
      readResponse(await sendAuthorized(call, deadline), request.read, call.target),
    )
  }
}

/** The caller's limits, checked, over the client's. */
export function readLimits(
  config: ClientConfig,
  options: CallOptions = {},
): CallOptions & { timeoutMs: number } {
  const timeoutMs = checkTimeoutMs(options.timeoutMs ?? config.timeoutMs, 'ERR_INVALID_INPUT')
  const { signal } = options
  // Without types, somebody gives the controller; it would fail only when the time is up, and in a timer.
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') {
    throw new PipedreamInputError('ERR_INVALID_INPUT', 'signal', 'an AbortSignal')
  }
  return { signal, timeoutMs }
}

/** Reads the body of a 2xx; throws `ERR_BAD_RESPONSE` when it breaks the contract. */
export function readResponse<T>(
  { body, status, requestId }: TextResponse,
  read: (json: unknown) => T,
  target: RequestTarget,
): T {
  try {
    return read(parseJson(body))
  } catch (error) {
    if (!(error instanceof UnreadableResponse)) throw error
    // The error is not kept as `cause`: what V8 says of bad JSON quotes the body.
    throw new PipedreamError(
      `Pipedream answered something that this client cannot read: ${error.expectation}.`,
      { code: 'ERR_BAD_RESPONSE', target, status, requestId },
    )
  }
}

function parseJson(body: string): unknown {
  if (body === '') return undefined
  try {
    return JSON.parse(body)
  } catch {
    throw new UnreadableResponse('the response', 'JSON')
  }
}

function writeCall(
  config: ClientConfig,
  request: ApiRequest<unknown>,
  counted: Record<string, string>,
): UnauthorizedCall<TextResponse> {
  const { method, refusal } = request
  const url = buildUrl(config.baseUrl, ['v1', ...request.path], request.query)
  const body = request.body === undefined ? undefined : JSON.stringify(request.body)
  return {
    url,
    target: targetOf(method, url),
    headers: {
      ...request.headers,
      ...counted,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body,
    repeatable: request.repeatable ?? REPEATABLE.has(method),
    refusal,
    secrets: [...(request.secrets ?? []), ...Object.values(counted)],
    receive: receiveText,
  }
}

/** The texts of a request's body that no error may repeat: whole, and as a server that trims them would quote them. */
export function secretStrings(...values: readonly unknown[]): string[] {
  const texts = values.flatMap((value) => leaves(value))
  return [...new Set(texts.flatMap((text) => [text, text.trim()]))].filter((text) => text !== '')
}

function leaves(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves)
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : []
}

/** The header that counts a call against a limit of the caller's own: the call's token, else the client's, else none. */
export function rateLimitHeader(
  config: { readonly rateLimitToken: string | undefined },
  options: CallOptions = {},
): Record<string, string> {
  const token = options.rateLimitToken ?? config.rateLimitToken
  if (token === undefined) return {}
  if (isHeaderValue(token)) return { 'x-pd-rate-limit': token }
  throw new PipedreamInputError(
    'ERR_INVALID_INPUT',
    'rateLimitToken',
    'a token without spaces, and not blank',
  )
}
