import type { Kysely } from 'kysely'
import type { Engine, EngineName } from './engine.ts'
import { insertEvents, type NewEvent } from './events.ts'
import { createGroupCommit, type GroupCommit } from './group-commit.ts'
import { isPostgresUrl } from './postgres/postgres-url.ts'
import { openPostgres, type PostgresOptions } from './postgres/postgres.ts'
import { openSqlite } from './sqlite.ts'
import type { Tables } from './tables.ts'

/** The database of the gateway, shared by its replicas when it is PostgreSQL. */
export interface Database extends Omit<GroupCommit, 'settled'>, Pick<NewsBus, 'onNews'> {
  engine: EngineName
  /** For reading. Writing goes through `commit`, which has the order of events and the news in its care. */
  tables: Kysely<Tables>
  /** What whoever runs the gateway should know, a sentence each. */
  warnings(): string[]
  /** Lets go of the database when the last commit is done. */
  close(): Promise<void>
}

/**
 * Opens the database and brings its tables up to date: PostgreSQL by its URL, or the embedded one by `:memory:` or a
 * file, made when it is missing.
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
  const group = createGroupCommit(async (run, decided) => {
    let whose: (string | null)[] = []
    await engine.transact(async (tables) => {
      const events: NewEvent[] = []
      await run({ tables, append: (event) => void events.push(event) })
      await insertEvents(tables, events)
      whose = [...new Set(events.map(({ externalUserId }) => externalUserId ?? null))]
      await engine.announce(tables, whose)
      decided()
    })
    for (const externalUserId of whose) bus.tell({ externalUserId })
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
    warnings: () => engine.warnings(),
    async close() {
      await group.settled()
      await engine.close()
    },
  }
}

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

/** Whose log has grown: a person's, nobody's in particular (null), or possibly anybody's. */
export type News = { externalUserId: string | null } | 'everybody'

type NewsListener = (news: News) => void

export interface NewsBus {
  /** Tells after each commit, of this replica or another, whose events to read; the answer stops it. */
  onNews: (listener: NewsListener) => () => void
  tell: (news: News) => void
}

function createNewsBus(): NewsBus {
  const listeners = new Set<NewsListener>()
  return {
    onNews(listener) {
      // The same function given twice is two listeners.
      const own: NewsListener = (news) => listener(news)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    tell(news) {
      for (const listener of listeners) listener(news)
    },
  }
}
