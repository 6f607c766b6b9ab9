import type { FetchLike } from '../http/fetch-like.ts'
import type { EnvFile } from '../node/parse-env-file.ts'
import type { Output } from './output.ts'
import type { Settings, Variables } from './read-settings.ts'

/** Everything that the program touches of the process around it, so that a test can stand in for all of it. */
export interface CliIo {
  /** What a person types to run the program, for its help. */
  program: string
  /** What was typed after the program's name. */
  args: readonly string[]
  /** The environment's variables. */
  env: Variables
  /** Reads a file of the current folder; undefined when there is none of this name. */
  readFile(name: string): Promise<Uint8Array | undefined>
  /** What sends the requests. */
  fetch: FetchLike
  /** Runs git in the current folder, and resolves to its exit code; undefined when it cannot be run. */
  git(args: readonly string[]): Promise<number | undefined>
  /** Opens what is used when the settings name no project; default: there is nothing, and the settings are missing. */
  standIn?: ((settings: Settings) => Promise<StandIn>) | undefined
  /** What else `doctor` has to say of the settings, for a program around this one; default: nothing. */
  inspect?: ((file: EnvFile | undefined) => Promise<Inspection>) | undefined
  /** Writes a text to standard output or standard error. */
  write(stream: 'stdout' | 'stderr', text: string): void
  /** This machine's clock. */
  now(): Date
  /** The package's version. */
  version: string
}

/** What a program that reads settings of its own, beside those of Pipedream, finds wrong with them. */
export interface Inspection {
  /** What keeps it from starting, a sentence about a setting each. */
  problems: readonly { setting: string; what: string }[]
  /** What it would warn of, a sentence each. */
  warnings: readonly string[]
}

/** A local Pipedream, for settings that name no project. */
export interface StandIn {
  /** The settings that lead to it. */
  variables: Variables
  fetch: FetchLike
  /** What a person has to know of it: a sentence or two, for standard error. */
  note: string
  close(): Promise<void>
}

/** What a command is given. */
export interface CommandContext<Flags> {
  io: CliIo
  flags: Flags
  settings: Settings
  output: Output
  /** Whether a stand-in is used, because the settings name no project. */
  hasStandIn: boolean
}
