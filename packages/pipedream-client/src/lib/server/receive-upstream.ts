import type { FetchResponse } from '../http/fetch-like.ts'
import { responseError } from '../http/read-response.ts'
import type { HttpRequest, Receive } from '../http/send-request.ts'
import { streamResponse, type StreamedResponse, type Reading } from '../http/streamed-response.ts'
import { isOwnRefusal } from './wire/proxy.ts'

// Pipedream's own refusals are a sentence; whatever is longer is not read ahead of the caller.
const LONGEST_REFUSAL = 2000
const YOUNG_MS = 60_000

/**
 * Opens what an API behind Pipedream answered, whatever its status. A failure of Pipedream itself is an error: see
 * `ApiProxy.request` for how the two are told apart.
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
  // Without a length, how long it is shows in reading.
  return status >= 400 && isJson && Number(headers.get('content-length')) <= LONGEST_REFUSAL
}

/**
 * Whether the request carries an access token that has only just been given out. Pipedream does not refuse such a one: then it is
 * the API behind it that refuses its own credentials. Without this rule each call of a broken account would fetch a token.
 */
export function hasYoungToken({ accessTokenAgeMs }: HttpRequest): boolean {
  return accessTokenAgeMs === undefined || accessTokenAgeMs < YOUNG_MS
}

interface Start {
  /** The response, as if nothing of it had been read. */
  start: FetchResponse
  /** Whether what was read is all of it. */
  whole: boolean
}

/** Reads as much of a body as a refusal may have, and no more. */
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

/** What was read, and then what is still to come. */
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

/** The same answer with a body that has not been read. */
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
