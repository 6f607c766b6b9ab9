import { createContext, useContext, useEffect, useState } from 'react'
import { useClient } from 'urql'
import { ConnectionEvents, type LiveEvent, readConnectionEvent } from './connection-events.ts'
import { followStream } from './follow-stream.ts'
import type { Elements } from '../ui/elements.ts'

type Listener = (event: LiveEvent) => void

interface LiveEventsValue {
  listeners: Set<Listener>
  /** ID of the newest event when the page started to load its data; `null`: unknown. */
  lastEventId: string | null
}

const LiveEventsContext = createContext<LiveEventsValue>({
  listeners: new Set(),
  lastEventId: null,
})

/** Calls `listener` for every event of the viewer's connections, also when another tab or an operator caused it. */
export function useConnectionEvents(listener: Listener): void {
  const { listeners } = useContext(LiveEventsContext)
  useEffect(() => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, [listeners, listener])
}

/** ID of the event after which another stream has to start, to miss nothing that the page doesn't show yet. */
export function useLastEventId(): string | null {
  return useContext(LiveEventsContext).lastEventId
}

interface LiveEventsProps {
  /** ID of the newest event when the page started to load its data. */
  lastEventId: string | null
  children: Elements
}

/** Subscribes to the viewer's events, for `useConnectionEvents` inside it. */
export function LiveEvents({ lastEventId, children }: LiveEventsProps) {
  const client = useClient()
  // Stays the same: the session mounts a new `LiveEvents` for another user.
  const [value] = useState<LiveEventsValue>(() => ({ listeners: new Set(), lastEventId }))
  useEffect(
    () =>
      followStream({
        after: value.lastEventId,
        open: (after) => client.subscription(ConnectionEvents, { after }),
        read: readConnectionEvent,
        onEvent: (event) => value.listeners.forEach((listener) => listener(event)),
      }),
    [client, value],
  )
  return <LiveEventsContext value={value}>{children}</LiveEventsContext>
}
