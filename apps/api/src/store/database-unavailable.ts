import { DatabaseError } from 'pg'
import { Refusal } from '../errors.ts'

/** The database is unreachable or rejects writes; a retry may help. `cause` has the reason. */
export class DatabaseUnavailable extends Refusal {
  readonly status = 503
  readonly retryAfterMs = 5000
  readonly headers = { 'retry-after': '5' }
  constructor(
    cause: unknown,
    message = "We can't reach our database right now. Try again in a few seconds.",
  ) {
    super(message, { cause })
  }
}

/** The database did not respond to a commit, so the write may or may not have happened. A retry is safe. */
export class OutcomeUnknown extends DatabaseUnavailable {
  constructor(cause: unknown) {
    super(cause, "We can't tell whether this was saved. Reload the page, and try again if not.")
  }
}

/** Whether a database rejected a write because it is read-only, as a replica is after a fail-over. */
export function isReadOnly(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '25006'
}

/** Whether a query's error means that its connection is unusable, so that another connection may work. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof DatabaseError) {
    const { code = '', severity = '' } = error
    return /^08|^57P0|^25006$/.test(code) || severity === 'FATAL' || severity === 'PANIC'
  }
  if (!(error instanceof Error)) return false
  // The driver's own connection errors have no code; a socket's errors have one.
  return 'code' in error || /connection|terminated|timeout|closed/i.test(error.message)
}

// Resources such as the disk, the system's errors, a cancelled statement, and a lock that was not free in time.
const NOT_NOW = /^53|^58|^57014$|^55P03$/

/** The error of a query on PostgreSQL: `DatabaseUnavailable` if the query may succeed later, else the error itself. */
export function asUnavailable(error: unknown): unknown {
  const isNotNow = error instanceof DatabaseError && NOT_NOW.test(error.code ?? '')
  return isNotNow || isConnectionLost(error) ? new DatabaseUnavailable(error) : error
}
