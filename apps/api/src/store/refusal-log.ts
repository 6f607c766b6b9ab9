import type { Events, NewEvent } from './events.ts'

/** The event of a refused action. */
export type RefusalEvent = Omit<NewEvent, 'at' | 'requestId' | 'count'>

/**
 * Records refusals in the event log: the first ones of a user and type in a minute with all details, the others together as
 * one event with their number. A caller who is refused thousands of times therefore adds a few events a minute.
 */
export interface RefusalLog {
  record(refusal: RefusalEvent): Promise<void>
  /** Records the number of the others, of the minutes that are over or of all. */
  flush(which?: 'all'): Promise<void>
}

const MINUTE_MS = 60_000
const WITH_DETAILS = 5

interface Minute {
  endsAt: number
  detailed: number
  /** How many are not recorded yet, and the last of them. */
  left: number
  last: RefusalEvent
}

export function createRefusalLog(
  events: Pick<Events, 'record' | 'recordAll'>,
  now: () => Date,
): RefusalLog {
  const minutes = new Map<string, Minute>()

  return {
    async record(refusal) {
      const { type, viewerKind, externalUserId, actorId } = refusal
      const key = JSON.stringify([type, viewerKind, externalUserId, actorId])
      const minute = minutes.get(key) ?? { endsAt: 0, detailed: 0, left: 0, last: refusal }
      minutes.set(key, minute)
      if (now().getTime() >= minute.endsAt) {
        minute.endsAt = now().getTime() + MINUTE_MS
        minute.detailed = 0
      }
      if (minute.detailed < WITH_DETAILS) {
        minute.detailed += 1
        await events.record(refusal)
      } else {
        minute.left += 1
        minute.last = refusal
      }
    },
    async flush(which) {
      const due = [...minutes].filter(
        ([, { endsAt }]) => which === 'all' || now().getTime() >= endsAt,
      )
      const summaries: { minute: Minute; count: number; event: ReturnType<typeof summary> }[] = []
      for (const [key, minute] of due) {
        if (minute.left === 0) minutes.delete(key)
        else summaries.push({ minute, count: minute.left, event: summary(minute) })
        // A refusal that comes during the commit counts for the next summary.
        minute.left = 0
      }
      if (summaries.length === 0) return
      try {
        await events.recordAll(summaries.map(({ event }) => event))
      } catch (error) {
        for (const { minute, count } of summaries) minute.left += count
        throw error
      }
    },
  }
}

// Without flow, account and app, which differ.
function summary({ left, last }: Minute): RefusalEvent & { count: number } {
  const { type, viewerKind, externalUserId, actorId, reason } = last
  return { type, viewerKind, externalUserId, actorId, reason, count: left }
}
