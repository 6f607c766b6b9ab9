import { createHash } from 'node:crypto'

/** The default PostgreSQL schema of the gateway's tables. */
export const DEFAULT_SCHEMA = 'connected_accounts'

/** Names that two installations in one database must not share. */
export interface SchemaNames {
  schema: string
  /** The notification channel between replicas. */
  channel: string
  /** 64-bit numbers of advisory locks: for the single writer, and for migrations. */
  writerLock: string
  migrationLock: string
}

// Used before the gateway had its own schema; replicas of an older version still use them.
export const OLDER = { schema: 'public', channel: 'gateway_news', writerLock: '7216004381' }

/** Returns the names for a schema of at most 50 characters, because PostgreSQL truncates names after 63. */
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

// Hashed, because other programs take locks in the same database, and likely with small numbers.
function lockFor(purpose: string): string {
  return createHash('sha256')
    .update(`connected-accounts ${purpose}`)
    .digest()
    .readBigInt64BE()
    .toString()
}
