import { Refusal } from './refusal.ts'

/** How large a request's body may be, and how long it may take to arrive. */
export interface BodyLimits {
  bytes: number
  timeoutMs: number
}

class BodyTooLarge extends Refusal {
  readonly status = 413
  readonly headers = { connection: 'close' }
  constructor(bytes: number) {
    super(`This body is too large: ${bytes} bytes are allowed.`)
  }
}

class BodyTooSlow extends Refusal {
  readonly status = 408
  readonly headers = { connection: 'close' }
  constructor() {
    super('The body of this request took too long to arrive. Send it again.')
  }
}

class BrokenBody extends Refusal {
  readonly status = 400
  readonly headers = { connection: 'close' }
  constructor(options: ErrorOptions) {
    super('The body of this request broke off, or its length is not what was said.', options)
  }
}

/**
 * The same request with its body in memory, so that whoever reads it never waits. Throws a `Refusal` as soon as the body
 * turns out too large or too slow: nothing more of it is read.
 */
export async function readBody(request: Request, limits: BodyLimits): Promise<Request> {
  if (!request.body) return request
  const said = request.headers.get('content-length')
  if (said !== null && !/^\d+$/.test(said)) throw new BrokenBody({})
  if (Number(said) > limits.bytes) throw new BodyTooLarge(limits.bytes)
  const body = await readWithin(request.body, limits)
  const { method, headers, signal } = request
  return new Request(request.url, { method, headers, signal, body })
}

async function readWithin(
  stream: ReadableStream<Uint8Array>,
  { bytes, timeoutMs }: BodyLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader()
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new BodyTooSlow()), timeoutMs)
  try {
    const chunks: Uint8Array[] = []
    let length = 0
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late.promise])
      if (done) return Buffer.concat(chunks)
      length += value.byteLength
      if (length > bytes) throw new BodyTooLarge(bytes)
      chunks.push(value)
    }
  } catch (error) {
    // Not awaited: a sender that hangs would keep us here.
    reader.cancel().catch(() => {})
    throw error instanceof Refusal ? error : new BrokenBody({ cause: error })
  } finally {
    clearTimeout(timer)
  }
}
