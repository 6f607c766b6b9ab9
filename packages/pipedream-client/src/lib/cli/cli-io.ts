import type { FetchLike } from '../http/send-once.ts'

/** Everything that the program touches of the process around it, so that a test can stand in for all of it. */
export interface CliIo {
  /** What was typed after the program's name. */
  args: readonly string[]
  /** The environment's variables. */
  env: Readonly<Record<string, string | undefined>>
  /** Reads a file of the current folder; undefined when there is none of this name. */
  readFile(name: string): Promise<Uint8Array | undefined>
  /** What sends the requests. */
  fetch: FetchLike
  /** Writes a text to standard output or standard error. */
  write(stream: 'stdout' | 'stderr', text: string): void
  /** This machine's clock. */
  now(): Date
  /** The package's version. */
  version: string
}
