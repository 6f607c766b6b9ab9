import type { Problem } from './finding.ts'

/** A failure that the user can fix. The message says what happened and what to do. */
export class CliError extends Error {
  override readonly name = 'CliError'
}

/** Invalid arguments. */
export class UsageError extends CliError {}

/** Creates a `CliError` from a problem. */
export function cliError({ what, fix }: Problem): CliError {
  return new CliError(`${what} ${fix}`)
}
