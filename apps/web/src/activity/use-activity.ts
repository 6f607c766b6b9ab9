import { useCallback, useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'
import { useFailureSentence } from '../ui/use-failure-sentence.ts'
import { useLatest } from '../ui/use-latest.ts'
import { useConnectionEvents } from '../viewer/LiveEvents.tsx'
import type { ActivityEvent } from './activity-query.ts'
import { type ReadEvents, readOn } from './read-on.ts'

interface ActivityState {
  /** Oldest first; `undefined`: nothing could be read so far. */
  events: ActivityEvent[] | undefined
  /** Why the list is not up to date, as a sentence. */
  failure: string | undefined
  reading: boolean
  readAgain: () => void
}

/** What happened to the viewer's connections, and what happens while the page is open. */
export function useActivity(): ActivityState {
  const client = useClient()
  const sentence = useFailureSentence()
  const [reading, setReading] = useState(true)
  const [read, setRead] = useState<ReadEvents>()
  const known = useLatest(read)
  const round = useRef(0)

  const readNews = useCallback(async () => {
    round.current += 1
    const own = round.current
    const before = known.current?.events ?? []
    const news = await readOn(client, before.at(-1)?.id ?? null)
    // A later round reads what this one did, and more.
    if (own !== round.current) return
    setReading(false)
    setRead({ events: [...before, ...news.events], failure: news.failure })
  }, [client, known])

  const readAgain = useCallback(() => {
    setReading(true)
    void readNews()
  }, [readNews])
  useConnectionEvents(readAgain)
  useEffect(() => {
    // Not at once: a strict React runs this twice, and then reads once.
    const first = setTimeout(() => void readNews())
    return () => clearTimeout(first)
  }, [readNews])

  const failure = read?.failure && sentence(read.failure)
  const nothingYet = !read || (read.failure !== undefined && read.events.length === 0)
  return { events: nothingYet ? undefined : read.events, failure, reading, readAgain }
}
