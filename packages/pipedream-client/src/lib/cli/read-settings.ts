import { type EnvFile, parseEnvFile } from '../node/parse-env-file.ts'
import { CliError } from './cli-error.ts'
import type { CliIo } from './cli-io.ts'

/** Values by name. */
export type Variables = Readonly<Record<string, string | undefined>>

export type Source = '.env.local' | 'the environment'

/** Settings by name. A blank value counts as missing. */
export interface Settings {
  get(name: string): string | undefined
  /** The content of `.env.local`; undefined if it does not exist. */
  file: EnvFile | undefined
  /** Where a setting comes from; undefined if it is missing, or that of a local Pipedream. */
  sourceOf(name: string): Source | undefined
  /** Whether the environment overrides a different value in `.env.local`. */
  isShadowed(name: string): boolean
  /** Whether a setting names a proxy. */
  isProxied: boolean
}

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']

/** The variables that select a proxy. Others, such as `ALL_PROXY`, have no effect. */
export const PROXY_SETTINGS: readonly string[] = [...PROXIES, 'NO_PROXY', 'no_proxy']

export const FILE = '.env.local'

/** Reads `.env.local` and the environment, which takes precedence. Throws a `CliError` if the file cannot be read. */
export async function readSettings(io: Pick<CliIo, 'env' | 'readFile'>): Promise<Settings> {
  const bytes = await readBytes(io)
  return createSettings(io.env, bytes === undefined ? undefined : parseEnvFile(bytes, FILE))
}

/** Creates settings from an environment and a parsed file. Those of a local Pipedream take precedence. */
export function createSettings(
  env: Variables,
  file: EnvFile | undefined,
  local: Variables = {},
): Settings {
  const variables: Variables = file?.variables ?? {}
  const valueOf = (name: string) => local[name] ?? env[name] ?? variables[name]
  const get = (name: string) => (valueOf(name)?.trim() ? valueOf(name) : undefined)
  return {
    get,
    sourceOf(name) {
      if (get(name) === undefined || local[name] !== undefined) return undefined
      return env[name] === undefined ? FILE : 'the environment'
    },
    file,
    isShadowed: (name) =>
      variables[name] !== undefined && env[name] !== undefined && env[name] !== variables[name],
    isProxied: PROXIES.some((name) => get(name) !== undefined),
  }
}

async function readBytes(io: Pick<CliIo, 'readFile'>): Promise<Uint8Array | undefined> {
  try {
    return await io.readFile(FILE)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new CliError(`${FILE} cannot be read${code}. Check that it is a file that you can read.`)
  }
}
