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
  /** Path segments after `/v1`, not encoded. */
  path: readonly string[]
  query?: Query
  /** Sent as JSON, without undefined keys. */
  body?: Record<string, unknown>
  /** Whether the call may be sent again. Default: unless it is a POST or PATCH. */
  repeatable?: boolean | undefined
  /** Additional headers, with names in lower case. The client's own headers win. */
  headers?: Record<string, string>
  /** Strings of the body that no error may contain, even if the server echoes them. */
  secrets?: readonly string[]
  /** The error message if a new access token is also rejected with 401. Default: that the credentials may be wrong. */
  unauthorizedMessage?: string
  /**
   * Reads the JSON of a 2xx response, which is undefined if there was no body. The second argument returns when the response
   * was written, by Pipedream's clock; null: unknown.
   */
  read: (json: unknown, date: () => Date | null) => T
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

/** The caller's limits, validated, with the client's defaults. */
export function readLimits(
  config: ClientConfig,
  options: CallOptions = {},
): CallOptions & { timeoutMs: number } {
  const timeoutMs = checkTimeoutMs(options.timeoutMs ?? config.timeoutMs, 'ERR_INVALID_INPUT')
  const { signal } = options
  // Without types, a caller may pass the AbortController. That would only fail later, inside a timer.
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') {
    throw new PipedreamInputError('ERR_INVALID_INPUT', 'signal', 'an AbortSignal')
  }
  return { signal, timeoutMs }
}

/** Reads the body of a 2xx response; throws `ERR_BAD_RESPONSE` if it does not match the contract. */
export function readResponse<T>(
  { body, status, requestId, date }: TextResponse,
  read: ApiRequest<T>['read'],
  target: RequestTarget,
): T {
  try {
    return read(parseJson(body), date)
  } catch (error) {
    if (!(error instanceof UnreadableResponse)) throw error
    // The error is not set as `cause`: V8's message for invalid JSON quotes the body.
    throw new PipedreamError(
      `Pipedream's response does not match the expected format: ${error.expectation}.`,
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
  const { method, unauthorizedMessage } = request
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
    unauthorizedMessage,
    secrets: [...(request.secrets ?? []), ...Object.values(counted)],
    receive: receiveText,
  }
}

/** The strings of a body that no error may contain: as they are, and trimmed, because a server may quote them trimmed. */
export function secretStrings(...values: readonly unknown[]): string[] {
  const strings = values.flatMap((value) => leaves(value))
  return [...new Set(strings.flatMap((text) => [text, text.trim()]))].filter((text) => text !== '')
}

function leaves(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves)
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : []
}

/** The header that counts a call against the caller's own limit: the call's token, else the client's, else no header. */
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
