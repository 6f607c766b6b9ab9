import { type EnvFile, parseEnvFile } from '../node/parse-env-file.ts'
import { CliError } from './cli-error.ts'
import type { CliIo } from './cli-io.ts'

/** Values by their names. */
export type Variables = Readonly<Record<string, string | undefined>>

export type Source = '.env.local' | 'the environment'

/** The settings, each by its name; a blank one counts as missing. */
export interface Settings {
  get(name: string): string | undefined
  /** What `.env.local` says; undefined when there is none. */
  file: EnvFile | undefined
  /** Where the value of a setting is from; undefined when it is missing. */
  sourceOf(name: string): Source | undefined
  /** Whether the environment hides another value of this setting in `.env.local`. */
  isShadowed(name: string): boolean
  /** Whether the environment names a proxy. */
  isProxied: boolean
}

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']

export const FILE = '.env.local'

/** Reads `.env.local`, then the environment, which wins. Throws a `CliError` when the file cannot be read. */
export async function readSettings(io: Pick<CliIo, 'env' | 'readFile'>): Promise<Settings> {
  const bytes = await readBytes(io)
  return createSettings(io.env, bytes === undefined ? undefined : parseEnvFile(bytes, FILE))
}

/** The settings of an environment and a file that have been read. */
export function createSettings(env: Variables, file: EnvFile | undefined): Settings {
  const variables: Variables = file?.variables ?? {}
  const valueOf = (name: string) => env[name] ?? variables[name]
  const get = (name: string) => (valueOf(name)?.trim() ? valueOf(name) : undefined)
  return {
    get,
    sourceOf(name) {
      if (get(name) === undefined) return undefined
      return env[name] === undefined ? FILE : 'the environment'
    },
    file,
    isShadowed: (name) =>
      variables[name] !== undefined && env[name] !== undefined && env[name] !== variables[name],
    isProxied: PROXIES.some((name) => Boolean(valueOf(name)?.trim())),
  }
}

async function readBytes(io: Pick<CliIo, 'readFile'>): Promise<Uint8Array | undefined> {
  try {
    return await io.readFile(FILE)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new CliError(`${FILE} cannot be read${code}. Check that it is a file, and yours.`)
  }
}
