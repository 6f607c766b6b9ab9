import { join } from 'node:path'

/** Another emulator uses the state folder. The message names the folder. */
export class StateInUseError extends Error {
  override name = 'StateInUseError'
}

const SQLITE_BUSY = 5

/**
 * Locks a folder until the returned function is called or the process ends, even when it is killed. Throws a
 * `StateInUseError` when another emulator holds the lock.
 */
export function lockState(folder: string): () => void {
  // SQLite holds a lock that the operating system releases when the process is killed. A lock file alone would remain.
  const sqlite = process.getBuiltinModule('node:sqlite')
  // Node.js before 22.13 has no SQLite, and no other lock of this kind.
  if (sqlite === undefined) return unlocked
  const database = new sqlite.DatabaseSync(join(folder, 'lock.sqlite'))
  try {
    database.exec('BEGIN EXCLUSIVE')
    return () => database.close()
  } catch (cause) {
    database.close()
    // Some network drives do not support locks. The state works there too, unlocked.
    if (!isBusy(cause)) return unlocked
    throw new StateInUseError(
      `Another emulator uses the folder ${folder}. Stop it, or choose another folder.`,
      { cause },
    )
  }
}

function unlocked(): void {}

function isBusy(error: unknown): boolean {
  // The upper bits hold the extended error code.
  return error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === SQLITE_BUSY
}
