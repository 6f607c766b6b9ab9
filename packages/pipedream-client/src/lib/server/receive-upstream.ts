import type { FetchResponse } from '../http/fetch-like.ts'
import { responseError } from '../http/read-response.ts'
import type { HttpRequest, Receive } from '../http/send-request.ts'
import { streamResponse, type StreamedResponse, type Reading } from '../http/streamed-response.ts'
import { isOwnRefusal } from './wire/proxy.ts'

// Pipedream's own errors are short sentences. A longer body is left to the caller to read.
const LONGEST_REFUSAL = 2000
const YOUNG_MS = 60_000

/**
 * Wraps the response of an API behind Pipedream, with any status. An error of Pipedream itself is thrown; see
 * `ApiProxy.request` for how the two are distinguished.
 */
export function receiveUpstream(reading: Reading): Receive<StreamedResponse> {
  let wasRefused = false
  return async (response, { request }) => {
    if (!mayBeOwn(response)) return streamResponse(response, reading)
    const { start, whole } = await readStart(response)
    if (!whole) return streamResponse(start, reading)
    const text = await start.text()
    const isForeign =
      !isOwnRefusal(text) || (response.status === 401 && (wasRefused || hasYoungToken(request)))
    if (isForeign) return streamResponse(withBody(response, text), reading)
    wasRefused = response.status === 401
    return responseError(request, response, text)
  }
}

function mayBeOwn({ status, headers }: FetchResponse): boolean {
  const isJson = /^application\/json\b/i.test(headers.get('content-type') ?? '')
  // Without a content-length, reading shows how long the body is.
  return status >= 400 && isJson && Number(headers.get('content-length')) <= LONGEST_REFUSAL
}

/**
 * Whether the request's access token has been used for less than a minute. Pipedream does not reject such a token, so the API
 * behind it rejected its own credentials. Without this rule, each call of a broken account would fetch a new access token.
 */
export function hasYoungToken({ accessTokenAgeMs }: HttpRequest): boolean {
  return accessTokenAgeMs === undefined || accessTokenAgeMs < YOUNG_MS
}

interface Start {
  /** The response, as if its body had not been read. */
  start: FetchResponse
  /** Whether the whole body was read. */
  whole: boolean
}

/** Reads only as much of a body as one of Pipedream's own errors can have. */
async function readStart(response: FetchResponse): Promise<Start> {
  const { body } = response
  if (body === null) return { start: response, whole: true }
  const reader = body.getReader()
  const chunks: Uint8Array<ArrayBuffer>[] = []
  for (let size = 0; size <= LONGEST_REFUSAL;) {
    const { done, value } = await reader.read()
    if (done) return { start: withBody(response, joined(chunks)), whole: true }
    chunks.push(value)
    size += value.byteLength
  }
  return { start: withBody(response, joined(chunks, reader)), whole: false }
}

/** The chunks that were read, followed by the rest. */
function joined(
  chunks: readonly Uint8Array<ArrayBuffer>[],
  rest?: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const waiting = [...chunks]
  return new ReadableStream(
    {
      async pull(controller) {
        const value = waiting.shift() ?? (await rest?.read())?.value
        if (value === undefined) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => rest?.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

/** The same response with an unread body. */
function withBody(
  { status, headers }: FetchResponse,
  content: string | ReadableStream<Uint8Array<ArrayBuffer>>,
): FetchResponse {
  const body = new Response(content)
  return {
    status,
    headers,
    body: body.body,
    text: () => body.text(),
    arrayBuffer: () => body.arrayBuffer(),
  }
}
