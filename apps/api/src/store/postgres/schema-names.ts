import { createHash } from 'node:crypto'

/** The schema of PostgreSQL in which the gateway keeps its tables, unless another one is set. */
export const DEFAULT_SCHEMA = 'connected_accounts'

/** What must not be shared by two installations in one database. */
export interface SchemaNames {
  schema: string
  /** Where replicas announce that the log has grown. */
  channel: string
  /** Advisory locks, as numbers of 64 bits: of the one writer, and of whoever changes the tables. */
  writerLock: string
  migrationLock: string
}

// Where there was no schema of our own yet, and replicas of that time use these.
export const OLDER = { schema: 'public', channel: 'gateway_news', writerLock: '7216004381' }

/** Names for a schema, which has at most 50 characters: PostgreSQL cuts names after 63. */
export function namesFor(schema: string): SchemaNames {
  const migrationLock = lockFor(`migrations of ${schema}`)
  if (schema === OLDER.schema) return { ...OLDER, migrationLock }
  return {
    schema,
    channel: `gateway_news_${schema}`,
    writerLock: lockFor(`writer of ${schema}`),
    migrationLock,
  }
}

// Derived from words, for others take locks in the same database, and small numbers are everybody's first choice.
function lockFor(purpose: string): string {
  return createHash('sha256')
    .update(`connected-accounts ${purpose}`)
    .digest()
    .readBigInt64BE()
    .toString()
}
