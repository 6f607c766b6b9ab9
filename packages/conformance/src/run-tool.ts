import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The folder of the tools that this package depends on. */
const TOOLS = new URL('../node_modules/', import.meta.url)

/** The result of a tool. */
export interface Ended {
  /** 0 on success. */
  exitCode: number
  /** The output of both streams, without colours. */
  output: string
}

/** Returns the path of a file of a dependency. */
export function toolPath(file: string): string {
  return fileURLToPath(new URL(file, TOOLS))
}

/** Runs a Node program in a folder. It inherits no environment, and tools send no telemetry. */
export function runTool(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const options = { cwd: folder, timeout: 150_000, env: { ...toolEnv(folder), ...env } }
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      const exitCode = typeof error?.code === 'number' ? error.code : error === null ? 0 : 1
      resolve({ exitCode, output: stripColours(stdout + stderr) })
    })
  })
}

function toolEnv(folder: string): Record<string, string> {
  return {
    HOME: folder,
    PATH: process.env['PATH'] ?? '',
    CI: 'true',
    NO_COLOR: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_IGNORE_INCORRECT_LOCKFILE: '1',
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_HIDE_BANNER: 'true',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  }
}

function stripColours(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/\u001b\[[0-9;]*m/g, '')
}
