import { DatabaseUnavailable, isReadOnly } from './database-unavailable.ts'
import { explainBriefly, INSUFFICIENT_PRIVILEGE } from './explain-database-error.ts'
import { DatabaseFileLost } from './sqlite/sqlite-file.ts'
import { sqliteCodeOf } from './sqlite/connection.ts'

/** A committed write could not be read again. */
export class WriteLost extends Error {}

const [SQLITE_BUSY, SQLITE_READONLY, SQLITE_IOERR, SQLITE_CORRUPT] = [5, 8, 10, 11]
const [SQLITE_FULL, SQLITE_CANTOPEN, SQLITE_NOTADB] = [13, 14, 26]

const DAMAGED = 'The database file is damaged. Stop the gateway, and restore a backup of DATA_DIR.'

const BY_SQLITE_CODE: Readonly<Record<number, string>> = {
  [SQLITE_BUSY]:
    'Another process keeps the database file locked. Use DATA_DIR for one gateway at a time.',
  [SQLITE_READONLY]:
    'The database file is read-only. Make DATA_DIR and its files writable; no restart is needed.',
  [SQLITE_IOERR]:
    'The disk of the database reports an error. Check that the volume of DATA_DIR works and is writable.',
  [SQLITE_CORRUPT]: DAMAGED,
  [SQLITE_FULL]: 'The disk is full. Free space on the volume of DATA_DIR; no restart is needed.',
  [SQLITE_CANTOPEN]:
    'The database file cannot be opened. Check that DATA_DIR exists, and its permissions.',
  [SQLITE_NOTADB]: DAMAGED,
}

/** What is wrong with the database, and what the operator can do. Names no host, user or path, because anyone may read it. */
export function describeProblem(error: unknown): string {
  const reason = reasonOf(error)
  if (reason instanceof DatabaseFileLost) return reason.message
  if (reason instanceof WriteLost) {
    return 'A committed write cannot be read again. Check the disk and the database’s files, then restart the gateway.'
  }
  return BY_SQLITE_CODE[sqliteCodeOf(reason) ?? 0] ?? explainBriefly(reason)
}

/** Whether the database responds, but accepts no writes for now. */
export function rejectsWrites(error: unknown): boolean {
  const reason = reasonOf(error)
  const code = sqliteCodeOf(reason)
  if (code !== undefined) return code === SQLITE_READONLY || code === SQLITE_FULL
  return isReadOnly(reason) || hasCode(reason, INSUFFICIENT_PRIVILEGE) || hasCode(reason, DISK_FULL)
}

const DISK_FULL = '53100'

function hasCode(reason: unknown, code: string): boolean {
  return reason instanceof Error && 'code' in reason && reason.code === code
}

function reasonOf(error: unknown): unknown {
  return error instanceof DatabaseUnavailable ? error.cause : error
}
