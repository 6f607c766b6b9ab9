import { namesNoProject } from './check-settings.ts'
import { CliError, UsageError } from './cli-error.ts'
import type { CliIo } from './cli-io.ts'
import { doctor } from './doctor.ts'
import { help } from './help.ts'
import { createOutput, type Output } from './output.ts'
import { type Invocation, parseInvocation } from './parse-invocation.ts'
import { createSettings, readSettings, type Settings, type Variables } from './read-settings.ts'
import { tokens } from './tokens.ts'

/** Runs the program. Returns the exit code: 0 on success, else 1. Never throws. */
export async function run(io: CliIo): Promise<number> {
  const output = createOutput(io)
  try {
    return await runCommand(io, output)
  } catch (error) {
    output.failure(explain(error, io))
    return 1
  }
}

function explain(error: unknown, { program }: CliIo): string {
  if (error instanceof UsageError) return `${error.message} Run "${program} --help" for usage.`
  if (error instanceof CliError) return error.message
  return `Unexpected error (this is a bug): ${String(error)}`
}

async function runCommand(io: CliIo, output: Output): Promise<number> {
  // Before any output: nothing the program prints may contain the client secret.
  hideSecret(io.env, output)
  const settings = await readSettings(io).catch(asCliError)
  if (!(settings instanceof CliError)) hideSecret(settings.file?.variables ?? {}, output)
  const flags = parseInvocation(io.args)
  if (flags.command === 'help') {
    io.write('stdout', help(io))
    return 0
  }
  if (flags.command === 'version') {
    output.line(io.version)
    return 0
  }
  if (settings instanceof CliError) throw settings
  if (io.standIn === undefined || !namesNoProject(settings)) {
    return call({ io, flags, settings, output, hasStandIn: false })
  }
  const standIn = await io.standIn(settings)
  try {
    output.failure(standIn.note)
    return await call({
      io: { ...io, fetch: standIn.fetch },
      flags,
      settings: createSettings(io.env, settings.file, standIn.variables),
      output,
      hasStandIn: true,
    })
  } finally {
    await standIn.close()
  }
}

type CommandFlags = Extract<Invocation, { command: 'tokens' | 'doctor' }>

interface Call {
  io: CliIo
  flags: CommandFlags
  settings: Settings
  output: Output
  hasStandIn: boolean
}

function call({ flags, ...rest }: Call): Promise<number> {
  return flags.command === 'tokens' ? tokens({ flags, ...rest }) : doctor({ flags, ...rest })
}

function hideSecret(values: Variables, output: Output): void {
  output.hide(values['PIPEDREAM_CLIENT_SECRET']?.trim() ?? '', '(client secret)')
}

// Neither help nor a misspelled command should fail because of an unreadable file.
function asCliError(error: unknown): CliError {
  if (error instanceof CliError) return error
  throw error
}
