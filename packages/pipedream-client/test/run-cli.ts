import { createEmulator } from 'pipedream-emulator'
import type { CliIo } from '../src/lib/cli/cli-io.ts'
import { run } from '../src/lib/cli/run.ts'

export const CREDENTIALS = {
  PIPEDREAM_CLIENT_ID: 'emulator-client',
  PIPEDREAM_CLIENT_SECRET: 'emulator-secret',
  PIPEDREAM_PROJECT_ID: 'proj_emulator',
  PIPEDREAM_PROJECT_ENVIRONMENT: 'development',
}

export interface RunCliOptions {
  /** Added to `CREDENTIALS`. */
  env?: Record<string, string | undefined>
  /** Content of `.env.local`. Default: no file. */
  file?: string | Uint8Array
  /** Responds instead of the emulator; undefined passes the request on to it. */
  respond?: (request: Request) => Response | undefined | Promise<Response | undefined>
  now?: () => Date
  /** Exit codes of git commands. Default: git is missing. */
  git?: Record<string, number>
  /** Whether the emulator is used if the settings name no project. */
  standIn?: boolean
}

/** Runs the program in this process against its own emulator. */
export async function runCli(args: readonly string[], options: RunCliOptions = {}) {
  const emulator = createEmulator()
  const requests: { method: string; path: string; body: unknown }[] = []
  const responses: Record<string, unknown>[] = []
  const printed = { stdout: '', stderr: '' }
  const fetch: CliIo['fetch'] = async (url, init) => {
    const request = new Request(url, init)
    const body: unknown = init.body === undefined ? undefined : await request.clone().json()
    requests.push({ method: init.method, path: new URL(url).pathname, body })
    const response = (await options.respond?.(request)) ?? (await emulator.fetch(request))
    responses.push(await readObject(response.clone()))
    return response
  }
  const standIn = async () => ({
    variables: { ...CREDENTIALS, PIPEDREAM_BASE_URL: 'http://localhost:4010' },
    fetch,
    note: 'A local one is used.',
    close: async () => {},
  })
  const code = await run({
    program: 'pipedream-client',
    args,
    env: { ...CREDENTIALS, ...options.env },
    readFile: async (name) => (name === '.env.local' ? bytesOf(options.file) : undefined),
    fetch,
    git: async ([command = '']) => options.git?.[command],
    standIn: options.standIn === true ? standIn : undefined,
    write: (stream, text) => {
      printed[stream] += text
    },
    now: options.now ?? (() => new Date()),
    version: '1.2.3',
  })
  const made = (key: string) => responses.map((response) => response[key]).filter(isString)
  return {
    code,
    ...printed,
    /** The lines of standard error. */
    failures: linesOf(printed.stderr),
    requests,
    accessTokens: made('access_token'),
    connectTokens: made('token'),
    emulator,
  }
}

async function readObject(response: Response): Promise<Record<string, unknown>> {
  const body: unknown = await response.json().catch(() => undefined)
  return { ...Object(body) }
}

function isString(value: unknown): value is string {
  return typeof value === 'string'
}

function bytesOf(file: string | Uint8Array | undefined): Uint8Array | undefined {
  return typeof file === 'string' ? new TextEncoder().encode(file) : file
}

function linesOf(text: string): string[] {
  return text.split('\n').filter(Boolean)
}
