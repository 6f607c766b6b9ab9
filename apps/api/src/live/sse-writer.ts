import type { EventResult, EventResults } from './event-results.ts'

/** The connection to a reader. */
export interface Sink {
  write: (chunk: Uint8Array) => void
  /** How many bytes wait for the reader. */
  pendingBytes: () => number
  end: () => void
  /** Closes the connection without sending what still waits. */
  cut: () => void
}

interface SseWriterOptions {
  results: EventResults
  /** How many bytes may wait for a slow reader before it is dropped. */
  maxPendingBytes: number
  /** Whether the reader's credential has expired. */
  isExpired: () => boolean
  /** Called once, however the stream ended; with the error, if there was one. */
  onEnd: (error?: unknown) => void
}

const RETRY_MS = 2000
const HEARTBEAT = encode(':\n\n')
const COMPLETE = encode('event: complete\ndata:\n\n')

/**
 * Writes the results of one subscription as server-sent events. Drops a reader that is too slow for new events: it
 * misses nothing when it reconnects with its last ID. Missed events wait for the reader instead, because the database keeps them.
 */
export class SseWriter {
  readonly #results: EventResults
  readonly #maxPendingBytes: number
  readonly #isExpired: () => boolean
  readonly #onEnd: (error?: unknown) => void
  #sink: Sink | undefined
  #isOver = false
  #hasDrained = true
  #onRoom: (() => void) | undefined

  constructor({ results, maxPendingBytes, isExpired, onEnd }: SseWriterOptions) {
    this.#results = results
    this.#maxPendingBytes = maxPendingBytes
    this.#isExpired = isExpired
    this.#onEnd = onEnd
  }

  start(sink: Sink): void {
    if (this.#isOver) return sink.end()
    this.#sink = sink
    // The reader stores the ID even before the first event.
    this.#write(encode(`retry: ${RETRY_MS}\nid: ${this.#results.startId}\n\n`))
    this.#writeResults().catch((error: unknown) => this.#fail(error))
  }

  /** The reader has read some of the data. */
  drained(): void {
    this.#hasDrained = true
    if (this.#hasRoom()) this.#onRoom?.()
  }

  /** The reader has closed the connection. */
  left(): void {
    this.#settle()
  }

  /** Sends a heartbeat, and drops a reader that has read nothing since the last one. Ends an expired stream. */
  beat(): void {
    if (this.#isExpired()) return this.end('complete')
    if (this.#hasRoom()) this.#write(HEARTBEAT)
    else if (!this.#hasDrained) this.#fail()
    this.#hasDrained = false
  }

  /** Ends the stream. After `complete` the reader does not reconnect. */
  end(how?: 'complete'): void {
    if (this.#isOver) return
    if (how === 'complete') this.#sink?.write(COMPLETE)
    this.#settle()
    this.#sink?.end()
  }

  async #writeResults(): Promise<void> {
    for await (const result of this.#results) {
      if (this.#results.isCatchingUp) await this.#room()
      if (this.#isExpired()) return this.end('complete')
      this.#write(encodeResult(result))
    }
    this.end()
  }

  async #room(): Promise<void> {
    if (this.#isOver || this.#hasRoom()) return
    await new Promise<void>((resolve) => (this.#onRoom = resolve))
  }

  #hasRoom(): boolean {
    return this.#sink !== undefined && this.#sink.pendingBytes() < this.#maxPendingBytes
  }

  #write(chunk: Uint8Array): void {
    if (this.#isOver) return
    if (this.#hasRoom()) this.#sink?.write(chunk)
    else this.#fail()
  }

  #fail(error?: unknown): void {
    if (this.#isOver) return
    this.#settle(error)
    this.#sink?.cut()
  }

  #settle(error?: unknown): void {
    if (this.#isOver) return
    this.#isOver = true
    void this.#results.return()
    this.#onRoom?.()
    this.#onEnd(error)
  }
}

const encodedResults = new WeakMap<EventResult, Uint8Array>()

/** Encodes a result as graphql-sse and urql read it, once for all subscribers that share it. */
function encodeResult(event: EventResult): Uint8Array {
  const known = encodedResults.get(event)
  if (known) return known
  const { id, result } = event
  const encoded = encode(`id: ${id}\nevent: next\ndata: ${JSON.stringify(result)}\n\n`)
  encodedResults.set(event, encoded)
  return encoded
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
