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
 * Why the session started: the page was loaded; the user signed in or out in this tab (`here`); another tab or the gateway
 * reports another user (`elsewhere`); or the gateway reports that the user is signed out (`ended`).
 */
type SessionStart = 'loaded' | 'here' | 'elsewhere' | 'ended'

interface Session {
  start: SessionStart
  /** Starts a new session in all tabs of this browser, after signing in or out in this one. */
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
  /** The generation that noticed; a late response to an earlier one changes nothing. */
  from?: number
}

function restart(current: Generation, { start, from = current.number }: Restart): Generation {
  return from === current.number ? { start, number: current.number + 1 } : current
}

/** Keeps users apart: when the signed-in user changes, everything inside is mounted again. */
export function SessionProvider({ children }: { children: Elements }) {
  const [{ start, number }, begin] = useReducer(restart, { start: 'loaded', number: 0 })
  const client = useMemo(() => {
    const watch = createViewerWatch({
      signedOut: start === 'ended',
      onSignedOut: () => begin({ start: 'ended', from: number }),
      onOtherUser: () => begin({ start: 'elsewhere', from: number }),
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
      {/* The key unmounts every component with data of the previous user, and their open flow. */}
      <Provider value={client} key={number}>
        {children}
      </Provider>
    </SessionContext>
  )
}

/** Listens for sign-ins and sign-outs in the browser's other tabs. Returns a function that notifies them. */
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
