import { basename } from 'node:path'
import { type EnvFile, readEnvFile } from 'pipedream-client/node'
import { ConfigError } from './read-config.ts'

/**
 * Reads settings files; later files take precedence, and the first may be missing. Throws a `ConfigError` that names each
 * invalid line, because ignoring one could leave a project partly configured, or start the emulator instead.
 */
export async function readSettingsFiles([
  optional,
  ...others
]: readonly string[]): Promise<EnvFile> {
  const first = optional === undefined ? undefined : await readEnvFile(optional)
  const rest = await Promise.all(others.map(readNamed))
  const files = [...(first ? [first] : []), ...rest]
  const problems = files.flatMap((file) => file.problems)
  if (problems.length > 0) {
    throw new ConfigError(problems.map(({ what, fix }) => `${what} ${fix}`))
  }
  const variables: Record<string, string> = Object.assign(
    {},
    ...files.map((file) => file.variables),
  )
  return { variables, problems }
}

async function readNamed(path: string): Promise<EnvFile> {
  const file = await readEnvFile(path)
  if (file) return file
  throw new ConfigError([
    `There is no file ${basename(path)}. Correct --settings, or leave it out.`,
  ])
}
