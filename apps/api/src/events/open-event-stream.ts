import type { Event } from '../store/events.ts'
import type { Feed } from './create-feed.ts'

export interface EventStreamOptions {
  /** Who subscribes. */
  externalUserId: string
  /** Everybody's events, rather than the subscriber's own. */
  ofEverybody?: boolean | undefined
  /** The id of the last event already known. */
  after: string
  /** An event as the subscriber asked for it. */
  render: (event: Event) => Promise<Uint8Array>
  /** How many bytes may wait for a slow reader before it is dropped. */
  pendingBytes: number
  /** Called once, whoever ended it; with the error, if it was one. */
  onEnd: (error?: unknown) => void
}

/** The way to the reader. */
interface Sink {
  write(chunk: Uint8Array): void
  /** How many bytes wait for the reader. */
  pending(): number
  end(): void
  /** Ends at once, without what still waits. */
  cut(): void
}

/** One subscriber's stream of events. */
export interface EventStream {
  /** Begins to write. */
  start(sink: Sink): void
  /** The reader has taken something. */
  drained(): void
  /** The reader has gone away. */
  left(): void
  /** Shows that the stream is alive, and drops a reader who has taken nothing since the last time. */
  beat(): void
  /** Ends it; with `complete` the reader need not come back. */
  end(how?: 'complete'): void
}

const RETRY_MS = 2000
const HEARTBEAT = encode(':\n\n')
const COMPLETE = encode('event: complete\ndata:\n\n')

/** One event as graphql-sse and urql read it; the id is for readers that resume by `Last-Event-ID`. */
export function toEventText(id: string, result: unknown): Uint8Array {
  return encode(`id: ${id}\nevent: next\ndata: ${JSON.stringify(result)}\n\n`)
}

/**
 * Streams events. A reader who is too slow for its bound of bytes is dropped, and misses nothing by coming
 * back with the id of its last event.
 */
export function openEventStream(options: EventStreamOptions, feed: Feed): EventStream {
  const { after, render, pendingBytes } = options
  const externalUserId = options.ofEverybody ? null : options.externalUserId
  let sink: Sink | undefined
  let isOver = false
  let hasDrained = true
  let onRoom: (() => void) | undefined
  let stopFollowing: (() => void) | undefined

  const hasRoom = () => sink !== undefined && sink.pending() < pendingBytes

  function write(chunk: Uint8Array): void {
    if (isOver) return
    if (hasRoom()) sink?.write(chunk)
    else fail()
  }

  function settle(error?: unknown): void {
    if (isOver) return
    isOver = true
    stopFollowing?.()
    onRoom?.()
    options.onEnd(error)
  }

  function fail(error?: unknown): void {
    if (isOver) return
    settle(error)
    sink?.cut()
  }

  async function ready(): Promise<void> {
    if (isOver || hasRoom()) return
    await new Promise<void>((resolve) => {
      onRoom = resolve
    })
  }

  return {
    start(given) {
      if (isOver) return given.end()
      sink = given
      // The reader remembers the id even before the first event.
      write(encode(`retry: ${RETRY_MS}\nid: ${after}\n\n`))
      const take = async (event: Event) => write(await render(event))
      stopFollowing = feed.follow({ externalUserId, after, follower: { take, ready, fail } })
    },
    drained() {
      hasDrained = true
      if (hasRoom()) onRoom?.()
    },
    left: () => settle(),
    beat() {
      if (hasRoom()) write(HEARTBEAT)
      else if (!hasDrained) fail()
      hasDrained = false
    },
    end(how) {
      if (isOver) return
      if (how === 'complete') sink?.write(COMPLETE)
      settle()
      sink?.end()
    },
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
