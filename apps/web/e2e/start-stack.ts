import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const API = resolve(import.meta.dirname, '../../api')
const BUILT_PAGE = resolve(import.meta.dirname, '../dist/index.html')

// The gateway treats blank settings as unset, also those of a developer's own .env.local: a test never calls the real
// Pipedream.
const UNSET = Object.fromEntries(
  [
    'PIPEDREAM_CLIENT_ID',
    'PIPEDREAM_CLIENT_SECRET',
    'PIPEDREAM_PROJECT_ID',
    'PIPEDREAM_PROJECT_ENVIRONMENT',
    'PIPEDREAM_BASE_URL',
    'PIPEDREAM_CONNECT_URL',
    'PIPEDREAM_CONNECT_TOKEN_SCOPE',
    'PUBLIC_URL',
    'ALLOWED_ORIGINS',
    'DATABASE_URL',
    'DATABASE_LISTEN_URL',
    'DATABASE_SCHEMA',
    'SERVICE_KEY',
    'TEST_USER_ID',
    'QUICK_APPS',
  ].map((name) => [name, '']),
)

/** The gateway with the built web app, and the emulator, as `start` serves them. */
export interface Stack {
  /** Its address for browsers; may have a path. */
  appUrl: string
  /** Where the gateway itself listens. */
  port: number
  emulatorUrl: string
  stop: () => Promise<void>
}

let bundled: Promise<string> | undefined

function bundleGateway(): Promise<string> {
  const script = join(API, 'scripts/bundle-gateway.ts')
  return (bundled ??= promisify(execFile)(process.execPath, [script]).then(({ stdout }) => stdout))
}

/**
 * Starts both on free ports, with a database of their own. With `PIPEDREAM_BASE_URL` in `settings`, that emulator is used
 * and none is started.
 */
export async function startStack(settings: Record<string, string> = {}): Promise<Stack> {
  if (!existsSync(BUILT_PAGE)) {
    throw new Error('The web app is not built. Run: npx -y pnpm@10 --filter web run build')
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'web-e2e-'))
  const child = spawn(process.execPath, [await bundleGateway()], {
    cwd: API,
    env: {
      ...process.env,
      ...UNSET,
      // As in production: the gateway accepts only the operations that the build has listed.
      TRUSTED_DOCUMENTS: 'on',
      PORT: '0',
      EMULATOR_PORT: '0',
      DATA_DIR: dataDir,
      ...settings,
    },
    // The gateway stops when this channel closes, also when the worker dies.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const exited = new Promise<void>((done) => child.once('exit', () => done()))

  const output: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()))
  const urls = await Promise.race([
    readUrls(child.stdout, output, settings.PIPEDREAM_BASE_URL),
    exited.then(() => Promise.reject(new Error(`The gateway stopped:\n${output.join('\n')}`))),
  ])
  const stop = async () => {
    child.kill()
    await exited
    await rm(dataDir, { recursive: true, force: true })
  }
  return { ...urls, stop }
}

async function readUrls(
  stdout: NodeJS.ReadableStream | null,
  output: string[],
  given: string | undefined,
): Promise<Omit<Stack, 'stop'>> {
  if (stdout === null) throw new Error('The gateway has no output.')
  return new Promise((done) => {
    let appUrl: string | undefined
    let port: string | undefined
    let emulatorUrl = given
    createInterface({ input: stdout }).on('line', (line) => {
      output.push(line)
      const app = /^\s*App\b.*?(https?:\/\/\S+)(?:.* port (\d+))?/.exec(line)
      appUrl ??= app?.[1]
      port ??= app?.[2]
      emulatorUrl ??= /^\s*Emulator\b.*?(https?:\/\/[^\s/]+)/.exec(line)?.[1]
      if (!appUrl || !emulatorUrl) return
      done({ appUrl, port: Number(port ?? new URL(appUrl).port), emulatorUrl })
    })
  })
}
