import { PipedreamInputError } from './errors.ts'
import { type FetchBody, isStream } from './send-once.ts'

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

function fail(input: string, expected: string): never {
  throw new PipedreamInputError('ERR_INVALID_INPUT', input, expected)
}
