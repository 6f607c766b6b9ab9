import type { CliIo } from './cli-io.ts'
import type { Output } from './output.ts'
import type { Settings } from './read-settings.ts'

/** What a command is given. */
export interface CommandContext<Flags> {
  io: CliIo
  flags: Flags
  settings: Settings
  output: Output
  /** Whether a stand-in is used, because the settings name no project. */
  hasStandIn: boolean
}
