import {
  createListeningConnection,
  type ListeningConnection,
  type ListeningConnectionOptions,
  wait,
} from './listening-connection.ts'
import { createPoll, type PollForNewsOptions } from './poll-for-news.ts'

const LONGEST_PAUSE_MS = 5000
/** How often we make sure that announcements still arrive. */
const CHECK_MS = 30_000

export interface ListenForNewsOptions extends ListeningConnectionOptions, PollForNewsOptions {
  /** Called when announcements cease to arrive, and when they do again. */
  onChange: (isHeard: boolean) => void
}

export interface Listening {
  /** Whether what other replicas announce arrives; if not, the log is read every second. */
  readonly isHeard: boolean
  stop: () => Promise<void>
}

/**
 * Passes on the news of other replicas. The connection is made anew whenever it breaks. Behind a pooler that lends a
 * connection for one transaction it would hear nothing, silently, so we announce to ourselves; while that does not
 * arrive, the log is read instead. Rejects when the first connection cannot be made.
 */
export async function listenForNews(options: ListenForNewsOptions): Promise<Listening> {
  const stopped = new AbortController()
  const { signal } = stopped
  const connection = createListeningConnection(options, signal)
  const poll = createPoll(options)
  await connection.open()
  let isHeard = await connection.check().catch(() => false)
  if (!isHeard) {
    await connection.leave()
    options.onChange(false)
    await poll.look()
  }
  const note = (heard: boolean) => {
    if (heard !== isHeard) options.onChange(heard)
    isHeard = heard
  }
  void keep(connection, { ...options, isHeard: () => isHeard, note, signal })
  void poll.run(() => isHeard, signal)
  return {
    get isHeard() {
      return isHeard
    },
    stop() {
      stopped.abort()
      return connection.stop()
    },
  }
}

interface Keeping extends Pick<ListenForNewsOptions, 'bus'> {
  isHeard: () => boolean
  note: (isHeard: boolean) => void
  signal: AbortSignal
}

/** Makes sure again and again that announcements arrive, and as soon as the connection ends. */
async function keep(
  connection: ListeningConnection,
  { bus, isHeard, note, signal }: Keeping,
): Promise<void> {
  let hasEnded = false
  let wake: (() => void) | undefined
  connection.onEnd = () => {
    hasEnded = true
    wake?.()
  }

  async function ensure(): Promise<void> {
    const isMissing = hasEnded || !isHeard()
    hasEnded = false
    if (!connection.isOpen) await connection.open()
    const hears = await connection.check()
    if (!hears) await connection.leave()
    // Whatever was announced meanwhile is lost, so everybody looks for themselves.
    else if (isMissing) bus.tell('everybody')
    note(hears)
  }

  let nextMs = CHECK_MS
  let pauseMs = 100
  while (!signal.aborted) {
    const woken = new AbortController()
    wake = () => woken.abort()
    if (!hasEnded) await wait(nextMs, AbortSignal.any([woken.signal, signal]))
    if (signal.aborted) return
    try {
      await ensure()
      nextMs = CHECK_MS
      pauseMs = 100
    } catch {
      note(false)
      nextMs = pauseMs
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
    }
  }
}
