import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { unsetSettings } from '../../../scripts/unset-settings.ts'

const API = resolve(import.meta.dirname, '../../api')
const BUILT_PAGE = resolve(import.meta.dirname, '../dist/index.html')

/** The gateway with the built web app, and the emulator, as `start` serves them. */
export interface Stack {
  /** Its address for browsers; may have a path. */
  appUrl: string
  /** Where the gateway itself listens. */
  port: number
  emulatorUrl: string
  /** The code that demo sign-in needs with a project; empty with the embedded emulator. */
  startCode: string
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
      ...unsetSettings(),
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

/** Reads the banner, whose last line names Ctrl-C. */
async function readUrls(
  stdout: NodeJS.ReadableStream | null,
  output: string[],
  given: string | undefined,
): Promise<Omit<Stack, 'stop'>> {
  if (stdout === null) throw new Error('The gateway has no output.')
  const { promise, resolve } = Promise.withResolvers<string>()
  createInterface({ input: stdout }).on('line', (line) => {
    output.push(line)
    if (line.includes('Ctrl-C')) resolve(output.join('\n'))
  })
  const banner = await promise
  const [, appUrl = '', port] = /^\s*App\b.*?(https?:\/\/\S+)(?:.* port (\d+))?/m.exec(banner) ?? []
  const [, emulatorUrl = ''] = /^\s*Emulator\b.*?(https?:\/\/[^\s/]+)/m.exec(banner) ?? []
  const [, startCode = ''] = /#code=([\w-]+)/.exec(banner) ?? []
  return {
    appUrl,
    port: Number(port ?? new URL(appUrl).port),
    emulatorUrl: given ?? emulatorUrl,
    startCode,
  }
}
