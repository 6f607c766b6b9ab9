import { KeysUnavailable, Refusal } from '../errors.ts'
import { SseWriter } from '../live/sse-writer.ts'
import { createStreamBody } from '../live/stream-body.ts'
import { currentRequest, noteRefusal } from '../observability/log.ts'
import { DatabaseUnavailable } from '../store/database-unavailable.ts'
import { CHUNK_BYTES, sharedBody } from './shared-body.ts'

/**
 * What a handler returns. Each later step adds to its headers in place; it becomes a `Response` once, at the end, because a
 * `Response` made from another one costs more than the rest of a small request.
 */
export interface Reply {
  status: number
  /** By their names in lower case. */
  headers: Record<string, string>
  body: string | Uint8Array<ArrayBuffer> | SseWriter | null
  /** Lines of `Set-Cookie`. */
  cookies?: string[]
}

/** A plain-text reply of one sentence. */
export function sentence(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
    body: `${text}\n`,
  }
}

export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }
}

/** The reply to a request that was rejected before it was processed. Rethrows any error but a `Refusal`. */
export function refuse(error: unknown): Reply {
  if (!(error instanceof Refusal)) throw error
  noteRefusal(error)
  // The operator must learn of these two. An invalid token is the caller's problem.
  if (error instanceof KeysUnavailable) {
    currentRequest()?.log.warn({ err: error }, 'Keys for JWTs cannot be fetched')
  }
  if (error instanceof DatabaseUnavailable) {
    currentRequest()?.log.warn({ err: error }, 'The database is unavailable')
  }
  return sentence(error.status, error.message, error.headers)
}

/** Adds a value to a header that is a list. */
export function appendHeader({ headers }: Reply, name: string, value: string): void {
  const present = headers[name]
  headers[name] = present === undefined ? value : `${present}, ${value}`
}

/** Removes the body, for HEAD. */
export function dropBody(reply: Reply): void {
  if (reply.body instanceof SseWriter) reply.body.left()
  reply.body = null
}

const writers = new WeakMap<Response, SseWriter>()

/** The writer that fills the body of a response, for a server that provides its own sink. Undefined for other responses. */
export function writerOf(response: Response): SseWriter | undefined {
  return writers.get(response)
}

export function toResponse({ status, headers, body, cookies = [] }: Reply): Response {
  const [cookie, ...more] = cookies
  if (cookie !== undefined && more.length === 0) headers['set-cookie'] = cookie
  // A plain object, unless there are several cookies, because @hono/node-server sends it as it is.
  const init: ResponseInit = {
    status,
    headers: more.length === 0 ? headers : lines(headers, cookies),
  }
  if (!(body instanceof SseWriter))
    return new Response(isLarge(body) ? sharedBody(body) : body, init)
  const response = new Response(createStreamBody(body), init)
  writers.set(response, body)
  return response
}

function isLarge(body: Exclude<Reply['body'], SseWriter>): body is Uint8Array<ArrayBuffer> {
  return body instanceof Uint8Array && body.byteLength > CHUNK_BYTES
}

function lines(headers: Record<string, string>, cookies: readonly string[]): [string, string][] {
  return [
    ...Object.entries(headers),
    ...cookies.map((cookie): [string, string] => ['set-cookie', cookie]),
  ]
}
