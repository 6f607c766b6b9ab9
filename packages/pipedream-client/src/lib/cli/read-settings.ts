import { parseEnv } from 'node:util'
import { CliError } from './cli-error.ts'
import type { CliIo } from './cli-io.ts'

/** Values by their names. */
export type Variables = Readonly<Record<string, string | undefined>>

/** The settings, each by its name; a blank one counts as missing. */
export interface Settings {
  get(name: string): string | undefined
  /** What `.env.local` in the current folder says; undefined when there is none. */
  file: Variables | undefined
  /** Whether the environment hides another value of this setting in `.env.local`. */
  isShadowed(name: string): boolean
  /** Whether the environment names a proxy. */
  isProxied: boolean
}

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']

const FILE = '.env.local'

/** Reads `.env.local` in the current folder, then the environment, which wins. Throws a `CliError` when the file cannot be read. */
export async function readSettings(io: Pick<CliIo, 'env' | 'readFile'>): Promise<Settings> {
  const bytes = await readBytes(io)
  const file: Variables | undefined = bytes === undefined ? undefined : parseEnv(decode(bytes))
  const valueOf = (name: string) => io.env[name] ?? file?.[name]
  return {
    get: (name) => (valueOf(name)?.trim() ? valueOf(name) : undefined),
    file,
    isShadowed: (name) =>
      file?.[name] !== undefined && io.env[name] !== undefined && io.env[name] !== file[name],
    isProxied: PROXIES.some((name) => Boolean(io.env[name]?.trim())),
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

// Windows PowerShell 5.1 writes UTF-16 when a text is redirected into a file, and a byte order mark even in UTF-8.
function decode(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes)
}
