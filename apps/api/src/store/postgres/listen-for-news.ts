import {
  createListeningConnection,
  type ListeningConnection,
  type ListeningConnectionOptions,
  wait,
} from './listening-connection.ts'
import { createPoll, type PollForNewsOptions } from './poll-for-news.ts'

const LONGEST_PAUSE_MS = 5000
/** How often to check that notifications still arrive. */
const CHECK_MS = 30_000
/** How often to test that the connection still responds. */
const TEST_MS = 4000

export interface ListenForNewsOptions extends ListeningConnectionOptions, PollForNewsOptions {
  /** Called when notifications stop arriving, and when they arrive again. */
  onChange: (isReceiving: boolean) => void
}

export interface Listening {
  /** Whether notifications of other replicas arrive; if not, the log is read every second. */
  readonly isReceiving: boolean
  stop: () => Promise<void>
}

/**
 * Publishes the news of other replicas. Reconnects whenever the connection breaks. Behind a pooler in transaction mode the
 * connection would silently receive nothing, so the replica also notifies itself; while that does not arrive, it polls the
 * log instead. Rejects if the first connection fails.
 */
export async function listenForNews(options: ListenForNewsOptions): Promise<Listening> {
  const stopped = new AbortController()
  const { signal } = stopped
  const connection = createListeningConnection(options, signal)
  const poll = createPoll(options)
  await connection.open()
  let isReceiving = await connection.check().catch(() => false)
  if (!isReceiving) {
    await connection.leave()
    options.onChange(false)
    await poll.look()
  }
  const note = (receives: boolean) => {
    if (receives !== isReceiving) options.onChange(receives)
    isReceiving = receives
  }
  void keep(connection, { ...options, isReceiving: () => isReceiving, note, signal })
  // Connecting again takes a while.
  void poll.run(() => isReceiving && connection.isOpen, signal)
  return {
    get isReceiving() {
      return isReceiving
    },
    stop() {
      stopped.abort()
      return connection.stop()
    },
  }
}

interface Keeping extends Pick<ListenForNewsOptions, 'bus'> {
  isReceiving: () => boolean
  note: (isReceiving: boolean) => void
  signal: AbortSignal
}

/** Checks periodically, and when the connection ends, that notifications arrive. */
async function keep(
  connection: ListeningConnection,
  { bus, isReceiving, note, signal }: Keeping,
): Promise<void> {
  const state = { hasEnded: false }
  let wake: (() => void) | undefined
  connection.onEnd = () => {
    state.hasEnded = true
    wake?.()
  }

  /** Returns whether notifications arrive. Rejects if the database is unreachable. */
  async function ensure(): Promise<boolean> {
    const isMissing = state.hasEnded || !isReceiving()
    state.hasEnded = false
    if (!connection.isOpen) await connection.open()
    const receives = await connection.check()
    if (!receives) await connection.leave()
    // Notifications may have been lost meanwhile, so all users' events are read again.
    else if (isMissing) bus.publish('all_users')
    return receives
  }

  /** Waits, or until the connection ends. A connection that no longer responds is closed. */
  async function pause(ms: number): Promise<void> {
    const end = performance.now() + ms
    while (!state.hasEnded && !signal.aborted && performance.now() < end) {
      const woken = new AbortController()
      wake = () => woken.abort()
      const waitMs = Math.min(TEST_MS, end - performance.now())
      await wait(waitMs, AbortSignal.any([woken.signal, signal]))
      if (!state.hasEnded) await connection.testResponse()
    }
  }

  let nextMs = CHECK_MS
  let pauseMs = 100
  while (!signal.aborted) {
    await pause(nextMs)
    if (signal.aborted) return
    const wasReceiving = isReceiving()
    const receives = await ensure().catch(() => undefined)
    note(receives ?? false)
    // After a failure, it may be the database that is slow or down, and not a pooler.
    const isSettled = receives ?? !wasReceiving
    if (receives === undefined || !isSettled) {
      nextMs = pauseMs
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
    } else {
      nextMs = CHECK_MS
      pauseMs = 100
    }
  }
}
