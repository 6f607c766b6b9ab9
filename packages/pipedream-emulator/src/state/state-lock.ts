import { join } from 'node:path'

/** Another emulator keeps its state in the folder; the message names the folder. */
export class StateInUseError extends Error {
  override name = 'StateInUseError'
}

const SQLITE_BUSY = 5

/**
 * Locks a folder, until the function that it returns is called or the process ends, however that ends. Throws a
 * `StateInUseError` when another emulator has locked it.
 */
export function lockState(folder: string): () => void {
  // It holds a lock that the system takes back from a process that is killed, which no file by itself would be.
  const sqlite = process.getBuiltinModule('node:sqlite')
  // Node before 22.13 has none, and no other such lock.
  if (sqlite === undefined) return unlocked
  const database = new sqlite.DatabaseSync(join(folder, 'lock.sqlite'))
  try {
    database.exec('BEGIN EXCLUSIVE')
    return () => database.close()
  } catch (cause) {
    database.close()
    // Some network drives have no locks: it works there as well, without one.
    if (!isBusy(cause)) return unlocked
    throw new StateInUseError(
      `The folder ${folder} is in use by another emulator. Stop it, or name another folder.`,
      { cause },
    )
  }
}

function unlocked(): void {}

function isBusy(error: unknown): boolean {
  // The upper bits say why.
  return error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === SQLITE_BUSY
}
