import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type EnvFile, parseEnvFile } from './parse-env-file.ts'

/**
 * Reads a file of settings as `parseEnvFile` does; undefined when there is none. A file that exists and cannot be read, or a
 * folder of this name, is a problem of the result, not an error.
 */
export async function readEnvFile(path: string): Promise<EnvFile | undefined> {
  const name = basename(path)
  try {
    return parseEnvFile(await readFile(path), name)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    if (code === undefined) throw error
    if (code === 'ENOENT') return undefined
    const what = `${name} cannot be read (${code}).`
    return {
      variables: {},
      problems: [{ lines: [], what, fix: 'Check that it is a file, and yours.' }],
    }
  }
}
