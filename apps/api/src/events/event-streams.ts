import type { Logger } from '../observability/log.ts'
import type { Events } from '../store/events.ts'
import { createFeed } from './create-feed.ts'
import { createPlaces, Full } from './create-places.ts'
import { eventStreamBody } from './event-stream-body.ts'
import { type EventStream, type EventStreamOptions, openEventStream } from './open-event-stream.ts'

/** How live events are served. */
export interface LiveSettings {
  /** How many streams one person may have at a time, over all tabs. */
  perPerson: number
  /** How many streams this process serves. */
  perProcess: number
  /** How often an idle stream shows that it is alive: proxies cut what is silent for a minute. */
  heartbeatMs: number
  /** How often it is checked whether the subscriber is still signed in. */
  recheckMs: number
  /** How many bytes may wait for a slow reader before it is dropped. */
  pendingBytes: number
  /** Runs something again and again; the answer stops it. */
  every: (ms: number, run: () => void) => () => void
}

export const LIVE_DEFAULTS: LiveSettings = {
  perPerson: 20,
  perProcess: 12_000,
  heartbeatMs: 15_000,
  recheckMs: 60_000,
  pendingBytes: 65_536,
  every(ms, run) {
    const timer = setInterval(run, ms).unref()
    return () => clearInterval(timer)
  },
}

interface Subscriber extends Pick<
  EventStreamOptions,
  'externalUserId' | 'ofEverybody' | 'after' | 'render'
> {
  /** Whether whoever subscribed is still signed in. */
  isStillSignedIn: () => Promise<boolean>
  onEnd: () => void
}

/** All streams of events in this process. */
export interface EventStreams {
  /** Events, for as long as the person who subscribes is signed in. Throws a `Refusal`. */
  open(subscriber: Subscriber): ReadableStream<Uint8Array>
  readonly size: number
  /** Ends them all: their readers come back, to another process, with the last id. */
  close(): void
}

export interface EventStreamsOptions {
  events: Pick<Events, 'listAfter' | 'listAllAfter' | 'onNews'>
  log: Logger
  settings: LiveSettings
}

export function createEventStreams({ events, log, settings }: EventStreamsOptions): EventStreams {
  const feed = createFeed(events)
  const streams = new Map<EventStream, Subscriber>()
  const places = createPlaces(settings)
  let isClosed = false
  let isRechecking = false

  const stops = [
    settings.every(settings.heartbeatMs, () => {
      for (const stream of streams.keys()) stream.beat()
    }),
    settings.every(settings.recheckMs, () => void recheck()),
  ]

  // One after another, so that ten thousand checks hold up nobody's answer.
  async function recheck(): Promise<void> {
    if (isRechecking) return
    isRechecking = true
    for (const [stream, { isStillSignedIn }] of streams) {
      if (!(await isStillSignedIn())) stream.end('complete')
    }
    isRechecking = false
  }

  return {
    open(subscriber) {
      if (isClosed) throw new Full('This server is about to stop. Try again in a moment.')
      const giveBack = places.take(subscriber.externalUserId)
      const onEnd = (error?: unknown) => {
        if (error !== undefined) log.error({ err: error }, 'Events cannot be delivered')
        streams.delete(stream)
        giveBack()
        subscriber.onEnd()
      }
      const { pendingBytes } = settings
      const stream = openEventStream({ ...subscriber, pendingBytes, onEnd }, feed)
      streams.set(stream, subscriber)
      return eventStreamBody(stream)
    },
    get size() {
      return streams.size
    },
    close() {
      isClosed = true
      for (const stop of stops) stop()
      for (const stream of streams.keys()) stream.end()
      feed.close()
    },
  }
}
