import type { Kysely, Transaction } from 'kysely'
import type { Engine, EngineName, NewsBus, NewsListener, UserNews } from './engine.ts'
import { type NewEvent, toNews, toRow } from './events.ts'
import type { FlowRow } from './flow-rows.ts'
import { createGroupCommit, type GroupCommit } from './group-commit.ts'
import { createInsert } from './insert-rows.ts'
import { isPostgresUrl } from './postgres/postgres-url.ts'
import { openPostgres, type PostgresOptions } from './postgres/postgres.ts'
import { openSqlite } from './sqlite/sqlite.ts'
import type { Tables } from './tables.ts'

/** The gateway's database; PostgreSQL is shared by all replicas. */
export interface Database extends Omit<GroupCommit, 'settled'>, Pick<NewsBus, 'onNews'> {
  engine: EngineName
  /** For reading only. Write with `commit`, which keeps events in order and notifies listeners. */
  tables: Kysely<Tables>
  /** Reads as another process would, to find out what lasts. */
  readApart: Engine['readApart']
  /** Messages for the operator. */
  warnings(): string[]
  /** Closes the database after the last commit. */
  close(): Promise<void>
}

/**
 * Opens and migrates the database: PostgreSQL by its URL, or the embedded database by `:memory:` or a file path. A missing file
 * is created.
 */
export async function openDatabase(
  location: string,
  options: PostgresOptions = {},
): Promise<Database> {
  const engine = isPostgresUrl(location)
    ? openPostgres(location, options)
    : await openSqlite(location)
  const bus = createNewsBus()
  try {
    await engine.migrate()
    await engine.listen(bus)
  } catch (error) {
    await engine.close()
    throw error
  }
  return withGroupCommit(engine, bus)
}

function withGroupCommit(engine: Engine, bus: NewsBus): Database {
  const { tables } = engine
  const insertFlows = createInsert(tables, 'flows')
  const insertEvents = createInsert(tables, 'events')
  const group = createGroupCommit(async (run, { decided, deadline }) => {
    let news: UserNews[] = []
    let isDecided = false
    const work = async (tables: Transaction<Tables>) => {
      const events: NewEvent[] = []
      const flows: FlowRow[] = []
      await run({
        tables,
        append: (event) => void events.push(event),
        addFlow: (row) => void flows.push(row),
      })
      news = toNews(events)
      await engine.announce(tables, news)
      return [...insertFlows(flows), ...insertEvents(events.map(toRow))]
    }
    const options = {
      deadline,
      decided: () => {
        isDecided = true
        decided()
      },
    }
    try {
      await engine.transact(work, options)
    } finally {
      // Also if the response to the commit was lost, because the events may be in the log.
      if (isDecided) for (const ofUser of news) bus.publish(ofUser)
    }
  })
  return {
    engine: engine.name,
    tables,
    commit: group.commit,
    get waiting() {
      return group.waiting
    },
    get transactions() {
      return group.transactions
    },
    onNews: bus.onNews,
    readApart: (read) => engine.readApart(read),
    warnings: () => engine.warnings(),
    async close() {
      await group.settled()
      await engine.close()
    },
  }
}

/** Wraps a database to call `observe` for each event after its commit, in the context of the request that caused it. */
export function observeEvents(database: Database, observe: (event: NewEvent) => void): Database {
  return {
    engine: database.engine,
    tables: database.tables,
    async commit(work) {
      let events: NewEvent[] = []
      const result = await database.commit((transaction) => {
        // The work may run twice, if the first attempt fails.
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
    readApart: database.readApart,
    warnings: () => database.warnings(),
    close: () => database.close(),
  }
}

function createNewsBus(): NewsBus {
  const listeners = new Set<NewsListener>()
  return {
    onNews(listener) {
      // Registering the same function twice makes two listeners.
      const own: NewsListener = (news) => listener(news)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    publish(news) {
      for (const listener of listeners) listener(news)
    },
  }
}
