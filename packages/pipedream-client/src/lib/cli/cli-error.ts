import type { Problem } from './finding.ts'

/** A failure that the person can do something about; the message says what happened and what to do. */
export class CliError extends Error {
  override readonly name = 'CliError'
}

/** Arguments that the program does not understand. */
export class UsageError extends CliError {}

/** A `CliError` from a problem. */
export function cliError({ what, fix }: Problem): CliError {
  return new CliError(`${what} ${fix}`)
}
