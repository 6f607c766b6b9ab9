import type { Readable } from 'node:stream'
import { Refusal } from '../errors.ts'
import type { Peer } from './site.ts'

/** How large a request's body may be, and how long it may take to arrive. */
export interface BodyLimits {
  bytes: number
  timeoutMs: number
}

class BodyTooLarge extends Refusal {
  readonly status = 413
  readonly headers = { connection: 'close' }
  constructor(bytes: number) {
    super(`Request body too large. The limit is ${bytes} bytes.`)
  }
}

class BodyTooSlow extends Refusal {
  readonly status = 408
  readonly headers = { connection: 'close' }
  constructor() {
    super('Request body took too long to arrive. Send the request again.')
  }
}

class BrokenBody extends Refusal {
  readonly status = 400
  readonly headers = { connection: 'close' }
  constructor(options: ErrorOptions) {
    super('Request body was incomplete, or didn’t match Content-Length.', options)
  }
}

/**
 * Reads the body of a request as text. Throws a `Refusal` as soon as the body is too large or too slow, and stops reading.
 * Reads Node's own stream where there is one, because a web stream in front of it costs more than the rest of a small request.
 */
export async function readBody(
  request: Request,
  { incoming }: Peer,
  limits: BodyLimits,
): Promise<string> {
  if (incoming ? !announcesBody(request) : !request.body) return ''
  const declared = request.headers.get('content-length')
  if (declared !== null && !/^\d+$/.test(declared)) throw new BrokenBody({})
  if (Number(declared) > limits.bytes) throw new BodyTooLarge(limits.bytes)
  const chunks = await (incoming
    ? readIncoming(incoming, limits)
    : readStream(request.body ?? new ReadableStream(), limits))
  return decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))
}

const decoder = new TextDecoder()

function announcesBody({ headers }: Request): boolean {
  return headers.get('content-length') !== null || headers.get('transfer-encoding') !== null
}

/** Adds up the bytes of a body. Throws if they are too many. */
function createCounter(bytes: number): (chunk: Uint8Array) => void {
  let length = 0
  return (chunk) => {
    length += chunk.byteLength
    if (length > bytes) throw new BodyTooLarge(bytes)
  }
}

function readIncoming(incoming: Readable, { bytes, timeoutMs }: BodyLimits): Promise<Uint8Array[]> {
  // The client has left before its body is read, and nothing would say so again.
  if (incoming.destroyed) return Promise.reject(new BrokenBody({ cause: incoming.errored }))
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array[]>()
  const chunks: Uint8Array[] = []
  const count = createCounter(bytes)
  const timer = setTimeout(() => stop(() => reject(new BodyTooSlow())), timeoutMs)

  function stop(settle: () => void): void {
    clearTimeout(timer)
    incoming.off('data', onData).off('end', onEnd).off('close', onBreak).pause()
    settle()
  }
  function onData(chunk: Uint8Array): void {
    try {
      count(chunk)
      chunks.push(chunk)
    } catch (error) {
      stop(() => reject(error))
    }
  }
  const onEnd = () => stop(() => resolve(chunks))
  const onBreak = (cause?: unknown) => stop(() => reject(new BrokenBody({ cause })))
  // The listener of errors stays, because a later one would otherwise end the process.
  incoming.on('data', onData).on('end', onEnd).on('close', onBreak).on('error', onBreak)
  return promise
}

async function readStream(
  stream: ReadableStream<Uint8Array>,
  { bytes, timeoutMs }: BodyLimits,
): Promise<Uint8Array[]> {
  const reader = stream.getReader()
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new BodyTooSlow()), timeoutMs)
  const count = createCounter(bytes)
  try {
    const chunks: Uint8Array[] = []
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late.promise])
      if (done) return chunks
      count(value)
      chunks.push(value)
    }
  } catch (error) {
    // Not awaited, because a stalled client would block it.
    reader.cancel().catch(() => {})
    throw error instanceof Refusal ? error : new BrokenBody({ cause: error })
  } finally {
    clearTimeout(timer)
  }
}
