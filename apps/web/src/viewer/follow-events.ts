import type { Client } from 'urql'
import { graphql, type ResultOf } from '../graphql.ts'

const ConnectionEvents = graphql(`
  subscription ConnectionEvents($after: ID) {
    connectionEvents(after: $after) {
      __typename
      ... on ConnectionEvent {
        id
        type
        flowId
        accountId
      }
    }
  }
`)

export type ConnectionEvent = Extract<
  ResultOf<typeof ConnectionEvents>['connectionEvents'],
  { __typename: 'ConnectionEvent' }
>

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000

interface FollowOptions {
  /** The id of the last event that is known already. */
  after: string | null
  onEvent: (event: ConnectionEvent) => void
}

/**
 * Follows the viewer's events for as long as the page can be seen: a browser opens six connections to a server and no
 * more, for all of its tabs together. What happened meanwhile comes first when it is seen again. The answer ends it.
 */
export function followEvents(client: Client, { after, onEvent }: FollowOptions): () => void {
  let last = after
  let pauseMs = FIRST_PAUSE_MS
  let timer: ReturnType<typeof setTimeout> | undefined
  let close: (() => void) | undefined

  function open(): void {
    const stream = client.subscription(ConnectionEvents, { after: last }).subscribe((result) => {
      const event = result.data?.connectionEvents
      if (event?.__typename === 'ConnectionEvent' && event.id !== last) {
        last = event.id
        pauseMs = FIRST_PAUSE_MS
        onEvent(event)
      }
      if (event?.__typename === 'InvalidInput') last = null
      if (result.error || !result.hasNext) comeBack()
    })
    close = () => stream.unsubscribe()
  }

  function comeBack(): void {
    stop()
    // At different moments, since a server that restarts cuts everybody at once.
    timer = setTimeout(open, pauseMs * (0.5 + Math.random()))
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
  }

  function stop(): void {
    clearTimeout(timer)
    close?.()
    close = undefined
  }

  function follow(): void {
    stop()
    if (document.visibilityState === 'visible') open()
  }

  follow()
  document.addEventListener('visibilitychange', follow)
  return () => {
    document.removeEventListener('visibilitychange', follow)
    stop()
  }
}
