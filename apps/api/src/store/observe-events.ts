import type { NewEvent } from './events.ts'
import type { Database } from './open-database.ts'

/** The same database, which tells of each event once it is committed, on behalf of the request that caused it. */
export function observeEvents(database: Database, observe: (event: NewEvent) => void): Database {
  return {
    engine: database.engine,
    tables: database.tables,
    async commit(work) {
      let events: NewEvent[] = []
      const result = await database.commit((transaction) => {
        // Work may run twice, the first time in vain.
        events = []
        const append = (event: NewEvent) => {
          events.push(event)
          transaction.append(event)
        }
        return work({ ...transaction, append })
      })
      for (const event of events) observe(event)
      return result
    },
    get waiting() {
      return database.waiting
    },
    get transactions() {
      return database.transactions
    },
    onNews: database.onNews,
    warnings: () => database.warnings(),
    close: () => database.close(),
  }
}
