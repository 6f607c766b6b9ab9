import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useReducer,
  useRef,
} from 'react'
import { Provider } from 'urql'
import { createGraphqlClient } from '../urql.ts'
import { createViewerWatch } from './viewer-watch.ts'
import { ownName } from '../ui/base-path.ts'
import type { Elements } from '../ui/elements.ts'

/**
 * Why the page began anew: it was loaded; somebody signed in or out in this tab; another tab, or the server, says that
 * the person has changed; or the server says that nobody is signed in any more.
 */
type SessionStart = 'loaded' | 'here' | 'elsewhere' | 'ended'

interface Session {
  start: SessionStart
  /** Begins anew in every tab of this browser, because somebody has signed in or out in this one. */
  renew: () => void
}

const SessionContext = createContext<Session>({ start: 'loaded', renew: () => undefined })

export function useSession(): Session {
  return useContext(SessionContext)
}

/** The id of the signed-in user; empty while it is unknown. */
export const UserIdContext = createContext('')

export function useUserId(): string {
  return useContext(UserIdContext)
}

interface Generation {
  start: SessionStart
  number: number
}

interface Restart {
  start: SessionStart
  /** The generation that found out; a late answer to an earlier one changes nothing. */
  from?: number
}

function restart(current: Generation, { start, from = current.number }: Restart): Generation {
  return from === current.number ? { start, number: current.number + 1 } : current
}

/** Shows what is inside it to one person at a time: when that person changes, everything begins anew. */
export function SessionProvider({ children }: { children: Elements }) {
  const [{ start, number }, begin] = useReducer(restart, { start: 'loaded', number: 0 })
  const client = useMemo(() => {
    const watch = createViewerWatch({
      nobody: start === 'ended',
      onSignedOut: () => begin({ start: 'ended', from: number }),
      onSomebodyElse: () => begin({ start: 'elsewhere', from: number }),
    })
    return createGraphqlClient(watch)
  }, [start, number])
  const tellOtherTabs = useOtherTabs(useCallback(() => begin({ start: 'elsewhere' }), []))
  const renew = useCallback(() => {
    tellOtherTabs()
    begin({ start: 'here' })
  }, [tellOtherTabs])
  const session = useMemo(() => ({ start, renew }), [start, renew])
  return (
    <SessionContext value={session}>
      {/* The key takes down every component that still holds the former person's data, and the flow that is open. */}
      <Provider value={client} key={number}>
        {children}
      </Provider>
    </SessionContext>
  )
}

/** Hears from the browser's other tabs that somebody has signed in or out there; answers how to tell them. */
function useOtherTabs(onChange: () => void): () => void {
  const channel = useRef<BroadcastChannel>(undefined)
  useEffect(() => {
    const opened = new BroadcastChannel(ownName('session'))
    opened.addEventListener('message', onChange)
    channel.current = opened
    return () => opened.close()
  }, [onChange])
  return useCallback(() => channel.current?.postMessage('changed'), [])
}
