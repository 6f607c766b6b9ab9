import { parseArgs } from 'node:util'
import { UsageError } from './cli-error.ts'

/** The parsed command line. */
export type Invocation =
  | { command: 'help' }
  | { command: 'version' }
  | ({ command: 'tokens' } & TokensFlags)
  | ({ command: 'doctor' } & DoctorFlags)

/** Options of `tokens`. */
export interface TokensFlags {
  user: string | undefined
  app: string | undefined
  /** Separated by spaces. */
  scope: string | undefined
  json: boolean
  reveal: boolean
}

/** Options of `doctor`. */
export interface DoctorFlags {
  json: boolean
}

const OPTIONS = {
  user: { type: 'string' },
  app: { type: 'string' },
  scope: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  reveal: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

const FLAGS_OF: Readonly<Record<string, readonly string[]>> = {
  tokens: ['user', 'app', 'scope', 'json', 'reveal'],
  doctor: ['json'],
}

/** Parses the arguments; throws a `UsageError`. */
export function parseInvocation(args: readonly string[]): Invocation {
  // Not strict, because Node's own messages assume one shell's quoting.
  const { tokens, values, positionals } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  for (const token of tokens) if (token.kind === 'option') checkOption(token)
  if (values.help === true) return { command: 'help' }
  if (values.version === true) return { command: 'version' }
  const [command, surplus] = positionals
  checkCommand(command, surplus)
  checkFlags(command, Object.keys(values))
  const json = values.json === true
  if (command === 'doctor') return { command, json }
  const scopes = [values.scope ?? []].flat().map(String)
  return {
    command,
    user: stringOf(values.user),
    app: stringOf(values.app),
    scope: scopes.length === 0 ? undefined : scopes.join(' ').trim(),
    json,
    reveal: values.reveal === true,
  }
}

interface OptionToken {
  name: string
  rawName: string
  value: string | undefined
  inlineValue: boolean | undefined
}

function checkOption({ name, rawName, value, inlineValue }: OptionToken): void {
  const option = Object.entries(OPTIONS).find(([known]) => known === name)?.[1]
  if (option === undefined) fail(`Unknown option ${rawName}.`)
  if (option.type === 'boolean') {
    if (value !== undefined) fail(`${rawName} takes no value.`)
    return
  }
  const isBlank = value === undefined || value.trim() === ''
  const isNextOption = value?.startsWith('-') === true && inlineValue !== true
  if (isBlank || isNextOption) fail(`${rawName} needs a value, as in ${rawName}=VALUE.`)
}

function checkCommand(
  command: string | undefined,
  surplus: string | undefined,
): asserts command is 'tokens' | 'doctor' {
  if (command === undefined) fail('Specify a command: tokens or doctor.')
  if (!Object.hasOwn(FLAGS_OF, command)) fail(`Unknown command "${command}".`)
  if (surplus !== undefined) fail(`${command} takes no argument "${surplus}".`)
}

function checkFlags(command: string, flags: readonly string[]): void {
  const foreign = flags.find((flag) => !FLAGS_OF[command]?.includes(flag))
  if (foreign !== undefined) fail(`${command} has no option --${foreign}.`)
}

function stringOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function fail(sentence: string): never {
  throw new UsageError(sentence)
}
