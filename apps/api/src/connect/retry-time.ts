import { PipedreamError } from 'pipedream-client/server'

const FIRST_MS = 15_000
const LONGEST_MS = 60 * 60 * 1000

/** When to retry what has failed `attempts` times before, and just now again: after 15 seconds, then twice as long, up to an hour. */
export function retryTime(now: Date, attempts: number): Date {
  return new Date(now.getTime() + Math.min(FIRST_MS * 2 ** Math.min(attempts, 20), LONGEST_MS))
}

/** A short code for what failed, for operators. */
export function codeOf(error: unknown): string {
  return error instanceof PipedreamError ? error.code : 'unexpected'
}
