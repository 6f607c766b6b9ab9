import { wait } from './listening-connection.ts'
import type { NewsBus } from '../open-database.ts'

/** How often the log is read while announcements do not arrive. */
const POLL_MS = 1000

export interface PollForNewsOptions {
  bus: Pick<NewsBus, 'tell'>
  /** The id of the newest event. */
  readLastId: () => Promise<string>
  /** Whose events came after an id, and the id of the last of them; undefined: too many to tell them one by one. */
  readNews: (after: string) => Promise<{ whose: (string | null)[] | undefined; lastId: string }>
}

/** Reads the log for news, for as long as nothing else tells of them. */
export function createPoll({ bus, readLastId, readNews }: PollForNewsOptions) {
  let last: string | undefined

  async function look(): Promise<void> {
    if (last === undefined) {
      last = await readLastId()
      // What came before it was announced in vain.
      return bus.tell('everybody')
    }
    const { whose, lastId } = await readNews(last)
    last = lastId
    if (whose === undefined) return bus.tell('everybody')
    for (const externalUserId of whose) bus.tell({ externalUserId })
  }

  return {
    /** Looks once; after that nothing is missed. */
    look,
    async run(isHeard: () => boolean, signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        await wait(POLL_MS, signal)
        if (isHeard()) last = undefined
        // While the database is down there is no news either.
        else if (!signal.aborted) await look().catch(() => {})
      }
    },
  }
}
