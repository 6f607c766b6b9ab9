import { createContext, useContext, useEffect, useState } from 'react'
import { useClient } from 'urql'
import { type ConnectionEvent, ConnectionEvents, readConnectionEvent } from './connection-events.ts'
import { followStream } from './follow-stream.ts'
import type { Elements } from '../ui/elements.ts'

type Listener = (event: ConnectionEvent) => void

interface LiveEventsValue {
  listeners: Set<Listener>
  /** The newest event when the page began to load its data; `null`: there is no telling. */
  lastEventId: string | null
}

const LiveEventsContext = createContext<LiveEventsValue>({
  listeners: new Set(),
  lastEventId: null,
})

/** Hears of everything that happens to the viewer's connections, in whichever tab, or by whatever hand. */
export function useConnectionEvents(listener: Listener): void {
  const { listeners } = useContext(LiveEventsContext)
  useEffect(() => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, [listeners, listener])
}

/** The event from which on another stream misses nothing of what the page shows. */
export function useLastEventId(): string | null {
  return useContext(LiveEventsContext).lastEventId
}

interface LiveEventsProps {
  /** The newest event when the page began to load its data. */
  lastEventId: string | null
  children: Elements
}

/** Follows what happens to the viewer's connections, for `useConnectionEvents` inside it. */
export function LiveEvents({ lastEventId, children }: LiveEventsProps) {
  const client = useClient()
  // The session makes all of this anew for the next person; for this one, the beginning stays.
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
