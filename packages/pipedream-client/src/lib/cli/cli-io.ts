import type { FetchLike } from '../http/fetch-like.ts'
import type { EnvFile } from '../node/parse-env-file.ts'
import type { Output } from './output.ts'
import type { Settings, Variables } from './read-settings.ts'

/** Everything the program uses of its process, so that a test can replace it. */
export interface CliIo {
  /** The command that runs the program, for its help. */
  program: string
  /** The arguments after the program's name. */
  args: readonly string[]
  /** The environment variables. */
  env: Variables
  /** Reads a file in the current folder; undefined if it does not exist. */
  readFile(name: string): Promise<Uint8Array | undefined>
  /** Sends the requests. */
  fetch: FetchLike
  /** Runs git in the current folder and resolves to its exit code; undefined if git cannot be run. */
  git(args: readonly string[]): Promise<number | undefined>
  /** Starts a local Pipedream if the settings name no project. Default: none, so that the settings are missing. */
  standIn?: ((settings: Settings) => Promise<StandIn>) | undefined
  /** Additional checks of `doctor`, from a program that embeds this one. Default: none. */
  inspect?: ((file: EnvFile | undefined) => Promise<Inspection>) | undefined
  /** Writes to standard output or standard error. */
  write(stream: 'stdout' | 'stderr', text: string): void
  /** The current time. */
  now(): Date
  /** The version of the package. */
  version: string
}

/** Problems that an embedding program finds with its own settings. */
export interface Inspection {
  /** Problems that prevent its start, each a sentence about a setting. */
  problems: readonly { setting: string; what: string }[]
  /** Warnings, each a sentence. */
  warnings: readonly string[]
}

/** A local Pipedream, for settings that name no project. */
export interface StandIn {
  /** The settings that select it. */
  variables: Variables
  fetch: FetchLike
  /** What the user must know about it, in one or two sentences, for standard error. */
  note: string
  close(): Promise<void>
}

/** The context of a command. */
export interface CommandContext<Flags> {
  io: CliIo
  flags: Flags
  settings: Settings
  output: Output
  /** Whether a local Pipedream is used, because the settings name no project. */
  hasStandIn: boolean
}
