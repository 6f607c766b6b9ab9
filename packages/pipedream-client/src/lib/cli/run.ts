import { CliError } from './cli-error.ts'
import type { CliIo } from './cli-io.ts'
import { doctor } from './doctor.ts'
import { HELP } from './help.ts'
import { createOutput, type Output } from './output.ts'
import { parseInvocation } from './parse-invocation.ts'
import { readSettings, type Variables } from './read-settings.ts'
import { tokens } from './tokens.ts'

/** The whole program. Gives back its exit code: 0 when all went well, else 1. It does not throw. */
export async function run(io: CliIo): Promise<number> {
  const output = createOutput(io)
  try {
    return await runCommand(io, output)
  } catch (error) {
    output.failure(
      error instanceof CliError
        ? error.message
        : `This should not happen, and is our mistake: ${String(error)}`,
    )
    return 1
  }
}

async function runCommand(io: CliIo, output: Output): Promise<number> {
  // First of all: whatever is said, and whoever said it first, the client secret is not part of it.
  hideSecret(io.env, output)
  const settings = await readSettings(io).catch(asCliError)
  if (!(settings instanceof CliError)) hideSecret(settings.file ?? {}, output)
  const flags = parseInvocation(io.args)
  if (flags.command === 'help') {
    io.write('stdout', HELP)
    return 0
  }
  if (flags.command === 'version') {
    output.line(io.version)
    return 0
  }
  if (settings instanceof CliError) throw settings
  return flags.command === 'tokens'
    ? tokens({ io, flags, settings, output })
    : doctor({ io, flags, settings, output })
}

function hideSecret(values: Variables, output: Output): void {
  output.hide(values['PIPEDREAM_CLIENT_SECRET']?.trim() ?? '', '(client secret)')
}

// Neither help nor a misspelled command should fail for a file that they do not need.
function asCliError(error: unknown): CliError {
  if (error instanceof CliError) return error
  throw error
}
