import { basename } from 'node:path'
import { type EnvFile, readEnvFile } from 'pipedream-client/node'
import { ConfigError } from './read-config.ts'
import type { SettingsFile } from './setting-sources.ts'

/** What the settings files contain. */
export interface SettingsFiles {
  /** `.env.local`; empty if it does not exist. */
  file: EnvFile
  /** The files that `--settings` names; later ones take precedence. */
  named: SettingsFile[]
}

/**
 * Reads `.env.local`, which may be missing, and the files that `--settings` names. Throws a `ConfigError` that names each
 * invalid line, because ignoring one could leave a project partly configured, or start the emulator instead.
 */
export async function readSettingsFiles(
  local: string,
  paths: readonly string[],
): Promise<SettingsFiles> {
  const file = (await readEnvFile(local)) ?? { variables: {}, problems: [] }
  const others = await Promise.all(paths.map(readNamed))
  const problems = [file, ...others].flatMap((one) => one.problems)
  if (problems.length > 0) {
    throw new ConfigError(problems.map(({ what, fix }) => `${what} ${fix}`))
  }
  const named = others.map(({ name, variables }) => ({ name, variables }))
  return { file, named }
}

async function readNamed(path: string): Promise<EnvFile & SettingsFile> {
  const name = basename(path)
  const file = await readEnvFile(path)
  if (file) return { ...file, name }
  throw new ConfigError([`There is no file ${name}. Correct --settings, or leave it out.`])
}
