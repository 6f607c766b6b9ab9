import { PipedreamError } from 'pipedream-client/server'
import type { Logger } from './log.ts'

const MINUTE_MS = 60_000
const KINDS_MAX = 100

/**
 * Logs errors of a background job with a message: of each kind one a minute, because thousands of flows may fail for one
 * reason. `repeated` says how many of its kind were left out since the last line.
 */
export function createErrorLog(
  log: Logger,
  { message, elapsedMs }: { message: string; elapsedMs: () => number },
): (error: unknown) => void {
  const kinds = new Map<string, { atMs: number; repeated: number }>()
  return (err) => {
    const kind = kindOf(err)
    const last = kinds.get(kind)
    if (last && elapsedMs() - last.atMs < MINUTE_MS) {
      last.repeated += 1
      return
    }
    log.warn({ err, ...(last?.repeated && { repeated: last.repeated }) }, message)
    if (kinds.size >= KINDS_MAX) kinds.clear()
    kinds.set(kind, { atMs: elapsedMs(), repeated: 0 })
  }
}

// The message of a `PipedreamError` contains the ID of an account.
function kindOf(error: unknown): string {
  if (error instanceof PipedreamError) {
    return [error.name, error.code, error.status, error.method].join(' ')
  }
  return String(error)
}
