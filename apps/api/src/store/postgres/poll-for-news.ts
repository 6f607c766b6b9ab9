import { wait } from './listening-connection.ts'
import type { NewsBus, UserNews } from '../engine.ts'

/** How often the log is read while notifications do not arrive. */
const POLL_MS = 1000

export interface PollForNewsOptions {
  bus: Pick<NewsBus, 'publish'>
  /** Returns the ID of the newest event. */
  readLastId: () => Promise<string>
  /** Returns the users with events after an ID, and the last ID; `news` is undefined if there are too many events. */
  readNews: (after: string) => Promise<{ news: UserNews[] | undefined; lastId: string }>
}

/** Polls the log for news while notifications do not arrive. */
export function createPoll({ bus, readLastId, readNews }: PollForNewsOptions) {
  let last: string | undefined

  async function look(): Promise<void> {
    if (last === undefined) {
      last = await readLastId()
      // Notifications about earlier events were lost.
      return bus.publish('all_users')
    }
    const { news, lastId } = await readNews(last)
    last = lastId
    if (news === undefined) return bus.publish('all_users')
    for (const ofUser of news) bus.publish(ofUser)
  }

  return {
    /** Reads the log once; after that no news is missed. */
    look,
    async run(isReceiving: () => boolean, signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        await wait(POLL_MS, signal)
        if (isReceiving()) last = undefined
        // While the database is down there is no news.
        else if (!signal.aborted) await look().catch(() => {})
      }
    },
  }
}
