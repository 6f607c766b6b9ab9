import type { OperationResult } from 'urql'

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000

interface FollowOptions<Data, Event extends { id: string }> {
  /** ID of the last event that is already known; `null`: only new events. */
  after: string | null
  open: (after: string | null) => Source<OperationResult<Data>>
  /** Reads the event from a response; `'unknown'`: the gateway has no event with the ID `after`. */
  read: (data: Data) => Event | 'unknown' | undefined
  onEvent: (event: Event) => void
}

/** The part of urql's subscriptions that this uses. */
interface Source<Result> {
  subscribe: (onResult: (result: Result) => void) => { unsubscribe: () => void }
}

/**
 * Follows events while the page is visible: a browser opens only six connections to a server, for all of its tabs together.
 * When the page becomes visible again, it first receives the events it missed. Returns a function that ends it.
 */
export function followStream<Data, Event extends { id: string }>({
  after,
  open,
  read,
  onEvent,
}: FollowOptions<Data, Event>): () => void {
  let last = after
  let pauseMs = FIRST_PAUSE_MS
  let timer: ReturnType<typeof setTimeout> | undefined
  let close: (() => void) | undefined

  function begin(): void {
    const stream = open(last).subscribe(({ data, error, hasNext }) => {
      const event = data && read(data)
      if (event === 'unknown') last = null
      else if (event && event.id !== last) take(event)
      if (error || !hasNext) comeBack()
    })
    close = () => stream.unsubscribe()
  }

  function take(event: Event): void {
    last = event.id
    pauseMs = FIRST_PAUSE_MS
    onEvent(event)
  }

  function comeBack(): void {
    stop()
    // With jitter: a restarting server disconnects all clients at the same time.
    timer = setTimeout(begin, pauseMs * (0.5 + Math.random()))
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
  }

  function stop(): void {
    clearTimeout(timer)
    close?.()
    close = undefined
  }

  function follow(): void {
    stop()
    if (document.visibilityState === 'visible') begin()
  }

  follow()
  document.addEventListener('visibilitychange', follow)
  return () => {
    document.removeEventListener('visibilitychange', follow)
    stop()
  }
}
