import { useCallback, useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'
import { useFailureSentence } from '../ui/use-failure-sentence.ts'
import { useThrottled } from '../ui/use-throttled.ts'
import { useConnectionEvents } from '../viewer/LiveEvents.tsx'
import type { ActivityEvent } from './activity-query.ts'
import { type History, readEarlier, readNews } from './read-history.ts'

/** How often a burst of events makes the page read, at most. */
const PAUSE_MS = 500

interface ActivityState {
  /** Oldest first; `undefined`: nothing has been read yet. */
  events: ActivityEvent[] | undefined
  /** There are older events. */
  hasEarlier: boolean
  /** Why the last read failed, as a sentence. */
  failure: string | undefined
  reading: boolean
  readAgain: () => void
  readFurther: () => void
}

/** Reads the viewer's events: the newest, older ones on demand, and new ones while the page is open. */
export function useActivity(): ActivityState {
  const client = useClient()
  const sentence = useFailureSentence()
  const [reading, setReading] = useState(true)
  const [history, setHistory] = useState<History>()
  const known = useRef<History>(undefined)
  const turn = useRef(Promise.resolve())

  // One at a time, because each read continues from the previous one.
  const take = useCallback((read: (known: History | undefined) => Promise<History>) => {
    const before = turn.current
    turn.current = readInTurn()
    setReading(true)

    async function readInTurn(): Promise<void> {
      await before
      known.current = await read(known.current)
      setHistory(known.current)
      setReading(false)
    }
  }, [])
  const readAgain = useCallback(
    () => take(async (before) => readNews(client, before)),
    [take, client],
  )
  const readFurther = useCallback(
    () => take(async (before) => (before ? readEarlier(client, before) : readNews(client, before))),
    [take, client],
  )
  const startAgain = useCallback(
    () => take(async () => readNews(client, undefined)),
    [take, client],
  )
  const readSoon = useThrottled(readAgain, PAUSE_MS)
  useConnectionEvents(
    useCallback(
      ({ type }) => (type === 'SKIPPED' ? startAgain() : readSoon()),
      [startAgain, readSoon],
    ),
  )
  useEffect(() => {
    // Deferred: React's strict mode runs this twice, and it should read once.
    const first = setTimeout(readAgain)
    return () => clearTimeout(first)
  }, [readAgain])

  const failure = history?.failure && sentence(history.failure)
  const nothingYet = !history || (history.failure !== undefined && history.events.length === 0)
  return {
    events: nothingYet ? undefined : history.events,
    hasEarlier: history?.hasEarlier ?? false,
    failure,
    reading,
    readAgain,
    readFurther,
  }
}
