import { readFileSync, statSync, type BigIntStats } from 'node:fs'

/** The files of the embedded database are not the ones that were opened, so a write would not last. */
export class DatabaseFileLost extends Error {
  /** Whether the database can still move the contents of its deleted write-ahead log into its file. */
  readonly canSave: boolean
  constructor(what: string, canSave: boolean) {
    super(`${what}, so nothing more is written. Stop the gateway, restore the files, and start it.`)
    this.canSave = canSave
  }
}

/**
 * Returns a function that throws `DatabaseFileLost` unless the files at the path are the opened ones. SQLite itself does not
 * notice, and writes to deleted files. Takes some microseconds.
 */
export function createFileCheck(path: string): () => void {
  const logPath = `${path}-wal`
  const file = stat(path)
  let log: BigIntStats | undefined
  return () => {
    if (!isSame(stat(path), file)) {
      throw new DatabaseFileLost('The database file was deleted or replaced', false)
    }
    const before = log
    log = stat(logPath)
    // Without one, as on a file system that cannot have one, or before the first write.
    if (!before) return
    if (!isSame(log, before)) {
      log = before
      throw new DatabaseFileLost(
        'The write-ahead log of the database was deleted or replaced',
        true,
      )
    }
    if (log.size < before.size && isTruncated(path)) {
      log = before
      throw new DatabaseFileLost('The write-ahead log of the database was truncated', false)
    }
  }
}

// The names cannot be compared with SQLite's own descriptors, but a file keeps its inode while it is open.
function isSame(now: BigIntStats | undefined, before: BigIntStats | undefined): now is BigIntStats {
  return now !== undefined && now.ino === before?.ino && now.dev === before.dev
}

function stat(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false })
  } catch {
    // As unreadable as a missing file.
    return undefined
  }
}

const LOG_HEADER = 32
const FRAME_HEADER = 24

/**
 * Whether the log is shorter than its index says. A backup program may shorten the log too, after it has moved the contents
 * into the database file; the index then says so. Offsets: https://sqlite.org/walformat.html, in the byte order of the machine.
 */
function isTruncated(path: string): boolean {
  const index = readIndex(`${path}-shm`)
  if (!index) return true
  const pageSize = index.getUint16(14, IS_LITTLE_ENDIAN)
  const frames = index.getUint32(16, IS_LITTLE_ENDIAN)
  // The largest page size does not fit, and is stored as 1.
  const frameSize = FRAME_HEADER + (pageSize === 1 ? 65_536 : pageSize)
  return frames > 0 && Number(stat(`${path}-wal`)?.size ?? 0) < LOG_HEADER + frames * frameSize
}

function readIndex(path: string): DataView | undefined {
  try {
    return new DataView(new Uint8Array(readFileSync(path)).buffer)
  } catch {
    return undefined
  }
}

const IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1
