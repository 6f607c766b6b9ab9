import { type Event, type Events, isEventId } from '../store/events.ts'
import {
  type CommonReading,
  createCommonReading,
  hand,
  type Reader,
  type ReadPage,
} from './create-common-reading.ts'

const PAGE_SIZE = 100

/** Somebody who wants events, each once and in order. */
export interface Follower {
  /** Takes the next event. */
  take(event: Event): Promise<void>
  /** Resolves when there is room for an event. */
  ready(): Promise<void>
  /** The events cannot be read; whoever comes back with the last id misses nothing. */
  fail(error: unknown): void
}

interface FollowOptions {
  /** Whose events; null: everybody's. */
  externalUserId: string | null
  /** The id of the last event already known. */
  after: string
  follower: Follower
}

/** Live events: what was missed from the database, then whatever is recorded on any replica. */
export interface Feed {
  /** Begins to deliver; the answer stops it. */
  follow(options: FollowOptions): () => void
  close(): void
}

/**
 * Each follower first reads by itself, as fast as it can take it, up to where the others of the same log are. From then on the
 * database is read once for all of them.
 */
export function createFeed(events: Pick<Events, 'listAfter' | 'listAllAfter' | 'onNews'>): Feed {
  const logs = new Map<string | null, Log>()

  const stopNews = events.onNews((news) => {
    if (news === 'everybody') for (const { common } of logs.values()) common.look()
    else {
      if (news.externalUserId !== null) logs.get(news.externalUserId)?.common.look()
      logs.get(null)?.common.look()
    }
  })

  function open(externalUserId: string | null): Log {
    const readPage: ReadPage = async (position) => {
      const where = { after: String(position), limit: PAGE_SIZE }
      const page =
        externalUserId === null
          ? await events.listAllAfter(where)
          : await events.listAfter({ ...where, externalUserId })
      return { events: page, isLast: page.length < PAGE_SIZE }
    }
    const log: Log = { readPage, common: createCommonReading(readPage), followers: 0 }
    logs.set(externalUserId, log)
    return log
  }

  return {
    follow({ externalUserId, after, follower }) {
      if (!isEventId(after)) throw new RangeError('`after` must be the id of an event.')
      const log = logs.get(externalUserId) ?? open(externalUserId)
      log.followers += 1
      const reader = { follower, position: Number(after), hasLeft: false }
      catchUp(reader, log).catch((error: unknown) => follower.fail(error))
      return () => {
        if (reader.hasLeft) return
        reader.hasLeft = true
        leave(reader, log)
        log.followers -= 1
        if (log.followers === 0) logs.delete(externalUserId)
      }
    },
    close: stopNews,
  }
}

interface Log {
  readPage: ReadPage
  common: CommonReading
  followers: number
}

function leave(reader: Reader, log: Log): void {
  log.common.delete(reader)
  // A page that it is still reading begins where those were who have left, and not where the next ones are.
  if (log.common.isEmpty()) log.common = createCommonReading(log.readPage)
}

async function catchUp(reader: Reader, log: Log): Promise<void> {
  for (;;) {
    const others = log.common.position()
    const page = await log.readPage(reader.position)
    for (const event of page.events) {
      await reader.follower.ready()
      await hand(reader, event)
    }
    if (reader.hasLeft) return
    if (!page.isLast) continue
    // The last page ends behind whatever the others had when it was asked for.
    reader.position = Math.max(reader.position, others)
    if (log.common.add(reader)) return
  }
}
