import type { OperationResult } from 'urql'

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000

interface FollowOptions<Data, Event extends { id: string }> {
  /** The id of the last event that is known already; `null`: only what is still to come. */
  after: string | null
  open: (after: string | null) => Source<OperationResult<Data>>
  /** The event in an answer; `'unknown'`: the server knows of no event with the id `after`. */
  read: (data: Data) => Event | 'unknown' | undefined
  onEvent: (event: Event) => void
}

/** What urql's subscriptions are, as far as this needs it. */
interface Source<Result> {
  subscribe: (onResult: (result: Result) => void) => { unsubscribe: () => void }
}

/**
 * Follows events for as long as the page can be seen: a browser opens six connections to a server and no more, for all of
 * its tabs together. What happened meanwhile comes first when it is seen again. The answer ends it.
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
    // At different moments, since a server that restarts cuts everybody at once.
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
