import { DatabaseError } from 'pg'
import { Refusal } from '../errors.ts'

/** The database cannot be reached or takes no writes just now; trying again may help. `cause` says why. */
export class DatabaseUnavailable extends Refusal {
  readonly status = 503
  readonly retryAfterMs = 5000
  readonly headers = { 'retry-after': '5' }
  constructor(cause: unknown) {
    super("We can't reach our database right now. Try again in a few seconds.", { cause })
  }
}

/** Whether a database refused to write because it is read-only, as a replica is after a fail-over. */
export function isReadOnly(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '25006'
}

/** Whether an error of a query says that its connection is of no use, so that another one may do better. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof DatabaseError) {
    const { code = '', severity = '' } = error
    return /^08|^57P0|^25006$/.test(code) || severity === 'FATAL' || severity === 'PANIC'
  }
  if (!(error instanceof Error)) return false
  // What the driver says of a connection has no code; what a socket says has one.
  return 'code' in error || /connection|terminated|timeout|closed/i.test(error.message)
}
