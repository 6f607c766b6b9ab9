import { DatabaseError } from 'pg'
import { DatabaseUnavailable, isReadOnly } from './database-unavailable.ts'
import type { Database } from './open-database.ts'
import { isSqliteError } from './sqlite.ts'

const SQLITE_BUSY = 5
const SQLITE_READONLY = 8
const INSUFFICIENT_PRIVILEGE = '42501'

/**
 * Whether the database takes writes, found out by one that changes nothing: a row that cannot be there is deleted.
 * Rejects when the database cannot be reached.
 */
export async function canWrite({ tables }: Pick<Database, 'tables'>): Promise<boolean> {
  try {
    await tables.deleteFrom('access_tokens').where('token_hash', '=', '').execute()
    return true
  } catch (error) {
    // Another process writes just now, so writing is possible.
    if (isSqliteError(error, SQLITE_BUSY)) return true
    if (refusesWrites(error)) return false
    throw error
  }
}

function refusesWrites(error: unknown): boolean {
  const reason = error instanceof DatabaseUnavailable ? error.cause : error
  return (
    isReadOnly(reason) ||
    isSqliteError(reason, SQLITE_READONLY) ||
    (reason instanceof DatabaseError && reason.code === INSUFFICIENT_PRIVILEGE)
  )
}
