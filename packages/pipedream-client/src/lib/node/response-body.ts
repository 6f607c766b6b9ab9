/** Controls where a body comes from. */
interface BodySource {
  pause(): void
  resume(): void
  abort(reason: Error): void
}

type Bytes = Buffer<ArrayBuffer>

// How much of a body is kept for a reader that is slower than the source.
const MOST_AHEAD = 256 * 1024

/** A response body that arrives in chunks and is read once. */
export class ResponseBody {
  readonly #source: BodySource
  #chunks: Bytes[] = []
  #size = 0
  #most = MOST_AHEAD
  #isPaused = false
  #isTaken = false
  #end: { error?: unknown } | undefined
  #wake: (() => void) | undefined

  constructor(source: BodySource) {
    this.#source = source
  }

  /** Adds a chunk. */
  push(chunk: Bytes): void {
    this.#chunks.push(chunk)
    this.#size += chunk.byteLength
    if (this.#size > this.#most) {
      this.#isPaused = true
      this.#source.pause()
    }
    this.#wake?.()
  }

  /** Ends the body; with an error if it is incomplete. Only the first call counts. */
  end(end: { error?: unknown }): void {
    this.#end ??= end
    this.#wake?.()
  }

  /** Reserves the body for one reader. */
  take(): void {
    if (this.#isTaken) throw new TypeError('The body of a response can be read only once.')
    this.#isTaken = true
  }

  /** Resolves to the whole body. Rejects, and ends the request, if it has more than `most` bytes. */
  async readAll(most: number): Promise<Bytes> {
    this.#most = most
    while (this.#end === undefined && this.#size <= most) {
      this.#resume()
      await this.#change()
    }
    if (this.#size > most) throw this.#stop(tooLarge(most))
    return this.#takeChunks()
  }

  /** The body as a stream, which pauses its source when its reader does. */
  stream(): ReadableStream<Bytes> {
    return new ReadableStream<Bytes>(
      {
        pull: async (controller) => {
          while (this.#end === undefined && this.#size === 0) await this.#change()
          const bytes = this.#takeChunks()
          if (bytes.byteLength === 0) controller.close()
          else controller.enqueue(bytes)
        },
        cancel: () => void this.#stop(new Error('The body of the response was cancelled.')),
      },
      { highWaterMark: 0 },
    )
  }

  #stop(reason: Error): Error {
    this.end({ error: reason })
    this.#source.abort(reason)
    return reason
  }

  #resume(): void {
    if (!this.#isPaused) return
    this.#isPaused = false
    this.#source.resume()
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  #takeChunks(): Bytes {
    if (this.#end !== undefined && 'error' in this.#end) throw this.#end.error
    const chunks = this.#chunks
    this.#chunks = []
    this.#size = 0
    this.#resume()
    const [first] = chunks
    return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks)
  }
}

/** The error for a body that is too large to be read into memory. */
export function tooLarge(most: number): Error {
  return new Error(
    `The response has more than ${most} bytes. Read it as a stream, or raise maxBodyBytes.`,
  )
}
