import type { Logger } from '../observability/log.ts'
import type { Events } from '../store/events.ts'
import { createEventBroker, type EventBroker } from './event-broker.ts'
import type { EventResults } from './event-results.ts'
import { SseWriter } from './sse-writer.ts'
import { createStreamLimits, StreamsFull } from './stream-limits.ts'

/** How live events are served. */
export interface LiveSettings {
  /** Maximum number of open streams for each user, across all tabs. */
  perUser: number
  /** Maximum number of open streams in this process. */
  perProcess: number
  /** How often an idle stream sends a comment, because proxies close a connection that is silent for a minute. */
  heartbeatMs: number
  /** How often the credentials of each subscriber are verified again. */
  recheckMs: number
  /** How many bytes may wait for a slow reader before it is dropped. */
  pendingBytes: number
  /** Calls `run` every `ms` milliseconds; returns the function that stops it. */
  every: (ms: number, run: () => void) => () => void
}

export const LIVE_DEFAULTS: LiveSettings = {
  perUser: 20,
  perProcess: 12_000,
  heartbeatMs: 15_000,
  recheckMs: 60_000,
  pendingBytes: 65_536,
  every(ms, run) {
    const timer = setInterval(run, ms).unref()
    return () => clearInterval(timer)
  },
}

/** The credential of a subscriber, which the stream must not outlast. */
export interface StreamCredential {
  /** The cookie of demo sign-in; undefined without one. */
  sessionSecret: string | undefined
  /** When it expires; undefined if only `isStillValid` can tell. */
  expiresAt: Date | undefined
  /** Whether it is still valid; also true while that cannot be verified. */
  isStillValid: () => Promise<boolean>
}

interface Subscriber {
  externalUserId: string
  results: EventResults
  credential: StreamCredential
}

/** All open streams of events in this process. */
export interface EventStreams {
  /** The source of their events. */
  readonly broker: EventBroker
  /** Returns a writer of the subscriber's results, which ends when the subscriber is signed out. Throws a `Refusal`. */
  open: (subscriber: Subscriber) => SseWriter
  readonly size: number
  /** Ends the streams of a session that has been signed out. */
  endSession: (sessionSecret: string) => void
  /** Ends all streams. Their readers reconnect, to another process, with the last ID that they have. */
  close: () => void
}

interface EventStreamsOptions {
  events: Pick<Events, 'listAfter' | 'listAllAfter' | 'onNews'>
  log: Logger
  settings: LiveSettings
  now: () => Date
}

export function createEventStreams({
  events,
  log,
  settings,
  now,
}: EventStreamsOptions): EventStreams {
  const streams = new Map<SseWriter, StreamCredential>()
  const broker = createEventBroker(events)
  const limits = createStreamLimits(settings)
  let isClosed = false

  const stops = [
    settings.every(settings.heartbeatMs, () => {
      for (const stream of streams.keys()) stream.beat()
    }),
    settings.every(settings.recheckMs, createRecheck(streams)),
  ]

  return {
    broker,
    open({ externalUserId, results, credential }) {
      if (isClosed) throw new StreamsFull('This server is shutting down. Try again in a moment.')
      const release = limits.acquire(externalUserId)
      const writer = new SseWriter({
        results,
        maxPendingBytes: settings.pendingBytes,
        isExpired: () => credential.expiresAt !== undefined && credential.expiresAt <= now(),
        onEnd(error) {
          if (error !== undefined) log.error({ err: error }, 'Cannot deliver events')
          streams.delete(writer)
          release()
        },
      })
      streams.set(writer, credential)
      // The session may have ended since the request was read, before `endSession` could find the stream.
      void endUnlessValid(writer, credential)
      return writer
    },
    get size() {
      return streams.size
    },
    endSession(sessionSecret) {
      for (const [stream, credential] of streams) {
        if (credential.sessionSecret === sessionSecret) stream.end('complete')
      }
    },
    close() {
      isClosed = true
      for (const stop of stops) stop()
      for (const stream of streams.keys()) stream.end()
      broker.close()
    },
  }
}

async function endUnlessValid(
  stream: SseWriter,
  { isStillValid }: StreamCredential,
): Promise<void> {
  if (!(await isStillValid())) stream.end('complete')
}

// With a limit, so that ten thousand checks do not delay other requests.
const RECHECKS_AT_A_TIME = 4

/** Creates the function that ends the streams whose credentials are no longer valid, unless it still runs. */
function createRecheck(streams: ReadonlyMap<SseWriter, StreamCredential>): () => void {
  let isRunning = false

  async function recheck(): Promise<void> {
    if (isRunning) return
    isRunning = true
    const left = streams.entries()
    const recheckLeft = async () => {
      for (const [stream, credential] of left) await endUnlessValid(stream, credential)
    }
    await Promise.all(Array.from({ length: RECHECKS_AT_A_TIME }, recheckLeft))
    isRunning = false
  }

  return () => void recheck()
}
