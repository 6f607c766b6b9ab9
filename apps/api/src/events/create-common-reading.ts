import type { Event } from '../store/events.ts'
import type { Follower } from './create-feed.ts'

/** A follower, and how far it is. */
export interface Reader {
  follower: Follower
  /** The id up to which there is nothing left to deliver. */
  position: number
  hasLeft: boolean
}

/** Reads a page of a person's events. */
export type ReadPage = (after: number) => Promise<{ events: Event[]; isLast: boolean }>

/** One reading for all of a person's followers who are up to date. It is over when the last one has left. */
export interface CommonReading {
  /** The id up to which they all have everything; 0 when there is nobody. */
  position(): number
  /** Takes in a reader who is at least as far; false: read on first. */
  add(reader: Reader): boolean
  delete(reader: Reader): void
  isEmpty(): boolean
  /** Something may have been recorded. */
  look(): void
}

export function createCommonReading(readPage: ReadPage): CommonReading {
  const readers = new Set<Reader>()
  let position = 0
  let isReading = false
  let lookAgain = false

  async function readOnce(): Promise<void> {
    lookAgain = false
    const page = await readPage(position)
    if (!page.isLast) lookAgain = true
    for (const event of page.events) {
      // Whoever is added meanwhile gets it too, unless it is farther already.
      for (const reader of readers) await hand(reader, event)
      position = Math.max(position, Number(event.id))
    }
  }

  async function look(): Promise<void> {
    lookAgain = true
    if (isReading) return
    isReading = true
    while (lookAgain && readers.size > 0) {
      await readOnce().catch((error: unknown) => {
        for (const { follower } of readers) follower.fail(error)
      })
    }
    isReading = false
  }

  return {
    position: () => (readers.size > 0 ? position : 0),
    add(reader) {
      const isFirst = readers.size === 0
      if (!isFirst && reader.position < position) return false
      if (isFirst) position = reader.position
      readers.add(reader)
      // Nobody has looked for what was recorded since the reader read its last page.
      if (isFirst) void look()
      return true
    },
    delete: (reader) => void readers.delete(reader),
    isEmpty: () => readers.size === 0,
    look: () => void look(),
  }
}

/** Gives an event to a reader who has not had it. */
export async function hand(reader: Reader, event: Event): Promise<void> {
  const id = Number(event.id)
  if (reader.hasLeft || id <= reader.position) return
  reader.position = id
  await reader.follower.take(event)
}
