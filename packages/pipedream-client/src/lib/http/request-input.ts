import { PipedreamInputError } from './errors.ts'
import type { FetchBody } from './fetch-like.ts'
import { isStream } from './send-request.ts'

/** The body of a request, of any kind. Set at most one of the two. Default: no body. */
export interface BodyInput {
  /**
   * A string, bytes, a stream of bytes, a form or a blob, sent unchanged. Forms and blobs are read into memory first. A stream
   * can be sent only once, so such a call is never retried.
   */
  body?: string | Bytes | ReadableStream<Bytes> | FormData | URLSearchParams | Blob | undefined
  /** A value that is sent as JSON. */
  json?: unknown
}

/** A body ready to be sent, with its media type. */
export interface WrittenBody {
  body: FetchBody
  contentType: string
}

/** Bytes in memory. */
type Bytes = Uint8Array<ArrayBuffer>

/**
 * Encodes a body; null if absent. `contentType` is the caller's; the type of a form wins, because it contains the
 * boundary.
 */
export async function writeBody(
  { body, json }: BodyInput,
  contentType: string | undefined,
): Promise<WrittenBody | null> {
  if (json !== undefined) {
    if (body !== undefined) fail('json', 'the only body: set either body or json')
    return { body: writeJson(json), contentType: contentType ?? 'application/json' }
  }
  if (body === undefined) return null
  if (typeof body === 'string') {
    return { body, contentType: contentType ?? 'text/plain;charset=UTF-8' }
  }
  if (body instanceof Uint8Array || isStream(body)) {
    return { body, contentType: contentType ?? 'application/octet-stream' }
  }
  return encode(body, contentType)
}

async function encode(
  body: FormData | URLSearchParams | Blob,
  contentType: string | undefined,
): Promise<WrittenBody> {
  const isKnown = [FormData, URLSearchParams, Blob].some((kind) => body instanceof kind)
  if (!isKnown) {
    fail('body', 'a string, bytes, a stream, a form or a blob; pass a JSON value as `json` instead')
  }
  const encoded = new Response(body)
  const own = encoded.headers.get('content-type')
  const type = body instanceof FormData ? own : (contentType ?? own)
  return {
    body: new Uint8Array(await encoded.arrayBuffer()),
    contentType: type ?? 'application/octet-stream',
  }
}

function writeJson(value: unknown): string {
  let json: string | undefined
  try {
    json = JSON.stringify(value)
  } catch {
    // Cycles and bigints. The platform's error may quote the value.
  }
  return json ?? fail('json', 'a value that JSON can represent')
}

/** Headers of a request. Names are case-insensitive. */
export type HeadersInput = Headers | Readonly<Record<string, string>>

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const VALUE = /^[\t\u0020-\u007E\u0080-\u00FF]*$/

/**
 * Returns the headers with their names in lower case. Validates them, because the error that `fetch` throws for an invalid
 * header quotes it.
 */
export function writeHeaders(headers: HeadersInput = {}): Record<string, string> {
  const pairs = headers instanceof Headers ? [...headers] : Object.entries(headers)
  for (const [name, value] of pairs) {
    if (!NAME.test(name)) refuseHeaders('valid: a name is not a header name')
    if (typeof value !== 'string' || !VALUE.test(value)) {
      refuseHeaders(
        `valid: \`${name}\` contains a character that a header cannot contain, such as a line break`,
      )
    }
  }
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]))
}

/** Throws the error for headers that cannot be sent. */
export function refuseHeaders(expected: string): never {
  throw new PipedreamInputError('ERR_INVALID_INPUT', 'headers', expected)
}

/** HTTP methods of requests whose response is streamed. */
export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Checks a method, and that it allows a body if there is one. */
export function checkMethod(method: string, { body, json }: BodyInput): void {
  if (!METHODS.includes(method)) fail('method', `one of ${METHODS.join(', ')}`)
  const hasBody = body !== undefined || json !== undefined
  if (hasBody && /^(?:GET|HEAD)$/.test(method)) fail('method', 'a method that allows a body')
}

/** Whether HTTP defines the method as idempotent. */
export function isRepeatable(method: HttpMethod): boolean {
  return method !== 'POST' && method !== 'PATCH'
}

function fail(input: string, expected: string): never {
  throw new PipedreamInputError('ERR_INVALID_INPUT', input, expected)
}

/** Whether a string is a valid header value. The error that `fetch` throws for an invalid value quotes it. */
export function isHeaderValue(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7E]+$/.test(value)
}
