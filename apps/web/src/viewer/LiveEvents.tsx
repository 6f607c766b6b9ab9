import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useClient } from 'urql'
import { type ConnectionEvent, followEvents } from './follow-events.ts'

type Listener = (event: ConnectionEvent) => void

const ListenersContext = createContext<Set<Listener>>(new Set())

/** Hears of everything that happens to the viewer's connections, in whichever tab, or by whatever hand. */
export function useConnectionEvents(listener: Listener): void {
  const listeners = useContext(ListenersContext)
  useEffect(() => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, [listeners, listener])
}

interface LiveEventsProps {
  /** The newest event when the page began to load its data. */
  lastEventId: string | null
  children: ReactNode
}

/** Follows what happens to the viewer's connections, for `useConnectionEvents` inside it. */
export function LiveEvents({ lastEventId, children }: LiveEventsProps) {
  const client = useClient()
  const [listeners] = useState(() => new Set<Listener>())
  const [after] = useState(lastEventId)
  useEffect(() => {
    const onEvent = (event: ConnectionEvent) => listeners.forEach((listener) => listener(event))
    return followEvents(client, { after, onEvent })
  }, [client, after, listeners])
  return <ListenersContext value={listeners}>{children}</ListenersContext>
}
