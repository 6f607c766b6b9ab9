import { DatabaseError } from 'pg'
import { DatabaseUnavailable, isReadOnly } from './database-unavailable.ts'
import type { Database } from './open-database.ts'
import { isSqliteError } from './sqlite.ts'

const SQLITE_BUSY = 5
const SQLITE_READONLY = 8
const INSUFFICIENT_PRIVILEGE = '42501'

/**
 * Whether the database accepts writes, on the path of every other write. Tests it by deleting a row that cannot exist. Rejects
 * if the database is unreachable.
 */
export async function canWrite({ commit }: Pick<Database, 'commit'>): Promise<boolean> {
  try {
    await commit(({ tables }) =>
      tables.deleteFrom('access_tokens').where('token_hash', '=', '').execute(),
    )
    return true
  } catch (error) {
    // Another process is writing, so writes are possible.
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
