import { PipedreamInputError } from './errors.ts'
import type { FetchBody } from './fetch-like.ts'
import { isStream } from './send-request.ts'

/** A body of any kind. At most one of the two is given. */
export interface BodyInput {
  /**
   * A text, bytes, a stream of bytes, a form or a blob, sent as it is. Forms and blobs are read into memory first; a stream is
   * sent as it comes, and therefore once: such a call is never repeated.
   */
  body?: string | Bytes | ReadableStream<Bytes> | FormData | URLSearchParams | Blob | undefined
  /** A value that is sent as JSON. */
  json?: unknown
}

/** A body that is ready to be sent, with its media type. */
export interface WrittenBody {
  body: FetchBody
  contentType: string
}

type Bytes = Uint8Array<ArrayBuffer>

/** Makes a body ready; null when there is none. `contentType` is the caller's; a form's own wins, because it names its boundary. */
export async function writeBody(
  { body, json }: BodyInput,
  contentType: string | undefined,
): Promise<WrittenBody | null> {
  if (json !== undefined) {
    if (body !== undefined) fail('json', 'the only body: leave out either body or json')
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
    fail('body', 'a text, bytes, a stream, a form or a blob; give a JSON value as `json` instead')
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
    // Cycles and bigints. What the platform says of them may quote the value.
  }
  return json ?? fail('json', 'a value that JSON can hold')
}

/** Headers of a request. */
export type HeadersInput = Headers | Readonly<Record<string, string>>

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const VALUE = /^[\t\u0020-\u007E\u0080-\u00FF]*$/

/**
 * The headers with their names in lower case. Checked here, because of one that it does not take `fetch` throws an error that
 * quotes it.
 */
export function writeHeaders(headers: HeadersInput = {}): Record<string, string> {
  const pairs = headers instanceof Headers ? [...headers] : Object.entries(headers)
  for (const [name, value] of pairs) {
    if (!NAME.test(name)) refuseHeaders('without names that are no names of headers')
    if (typeof value !== 'string' || !VALUE.test(value)) {
      refuseHeaders(`without line breaks and other signs that no header may hold; see \`${name}\``)
    }
  }
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]))
}

/** Throws the error of headers that cannot be sent. */
export function refuseHeaders(expected: string): never {
  throw new PipedreamInputError('ERR_INVALID_INPUT', 'headers', expected)
}

/** The methods of requests whose answers stay open. */
export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Checks a method, and that it may have the body that it is given. */
export function checkMethod(method: string, { body, json }: BodyInput): void {
  if (!METHODS.includes(method)) fail('method', `one of ${METHODS.join(', ')}`)
  const hasBody = body !== undefined || json !== undefined
  if (hasBody && /^(?:GET|HEAD)$/.test(method)) fail('method', 'one that may have a body')
}

/** Whether doing it twice is as good as once, as HTTP has it. */
export function isRepeatable(method: HttpMethod): boolean {
  return method !== 'POST' && method !== 'PATCH'
}

function fail(input: string, expected: string): never {
  throw new PipedreamInputError('ERR_INVALID_INPUT', input, expected)
}

/** Whether `fetch` takes this as a header's value; of one that it does not take it throws an error that quotes it. */
export function isHeaderValue(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7E]+$/.test(value)
}
