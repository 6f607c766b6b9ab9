import { setImmediate } from 'node:timers/promises'

/** Resolves in a later turn of the event loop, one caller in each turn. */
export type TakeTurn = () => Promise<void>

/**
 * Creates the queue of everything that reads the event log page by page. SQLite reads synchronously, so without a pause
 * between two pages nothing else in this process would run until the last one; and if all callers went on in the same turn,
 * other requests would wait for a page of each.
 */
export function createTurns(): TakeTurn {
  let last = Promise.resolve()
  return () => {
    last = last.then(() => setImmediate())
    return last
  }
}
