import type { Inspection } from '../packages/pipedream-client/src/lib/cli/cli-io.ts'
import type { EnvFile } from '../packages/pipedream-client/src/node.ts'

/** Returns what `start` would reject and what it would warn about. */
export async function inspectGateway(
  env: Readonly<Record<string, string | undefined>>,
  file: EnvFile | undefined,
): Promise<Inspection> {
  // Imported here because `tokens` does not need the gateway.
  const { ConfigError, readConfig } = await import('../apps/api/src/config/read-config.ts')
  try {
    const { warnings } = readConfig(env, file?.variables)
    return { problems: [], warnings }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const { problems, warnings } = error
    return {
      problems: problems.map((what) => ({ setting: what.replace(/ .*/s, ''), what })),
      warnings,
    }
  }
}
