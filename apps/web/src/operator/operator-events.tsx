import { createContext, useContext, useEffect, useState } from 'react'
import { useClient } from 'urql'
import { graphql } from '../graphql.ts'
import { followStream } from '../viewer/follow-stream.ts'
import { useLastEventId } from '../viewer/LiveEvents.tsx'
import type { Elements } from '../ui/elements.ts'

const OperatorEvents = graphql(`
  subscription OperatorEvents($after: ID) {
    operatorEvents(after: $after) {
      __typename
      ... on OperatorEvent {
        id
      }
      ... on EventsSkipped {
        lastEventId
      }
    }
  }
`)

const ListenersContext = createContext<Set<() => void>>(new Set())

/** Calls `listener` after every event of any user. */
export function useOperatorEvents(listener: () => void): void {
  const listeners = useContext(ListenersContext)
  useEffect(() => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, [listeners, listener])
}

/** Subscribes to the events of all users, for `useOperatorEvents` inside it. */
export function LiveOperatorEvents({ children }: { children: Elements }) {
  const client = useClient()
  const lastEventId = useLastEventId()
  const [listeners] = useState(() => new Set<() => void>())
  useEffect(
    () =>
      followStream({
        after: lastEventId,
        open: (after) => client.subscription(OperatorEvents, { after }),
        read: ({ operatorEvents: result }) => {
          if (result.__typename === 'InvalidInput') return 'unknown'
          if (result.__typename === 'EventsSkipped') return { id: result.lastEventId }
          return result.__typename === 'OperatorEvent' ? result : undefined
        },
        onEvent: () => listeners.forEach((listener) => listener()),
      }),
    [client, lastEventId, listeners],
  )
  return <ListenersContext value={listeners}>{children}</ListenersContext>
}
