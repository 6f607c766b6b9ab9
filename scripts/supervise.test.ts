import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { bundleGateway } from '../apps/api/scripts/bundle-gateway.ts'

const ROOT = resolve(import.meta.dirname, '..')
const PNPM = join(ROOT, 'node_modules/pnpm/bin/pnpm.cjs')
const FROM_PNPM = ['--filter', 'scripts', 'run', 'gateway']
// Runs the bundle, which starts in half the time of the sources.
const GATEWAY = join(mkdtempSync(join(tmpdir(), 'supervise-')), 'gateway.ts')

beforeAll(async () => {
  await writeFile(GATEWAY, `import '${pathToFileURL(await bundleGateway()).href}'`)
})

interface Started {
  child: ChildProcess
  url: string
  /** SQLite's WAL: created by the first write, removed when the gateway closes its database. */
  openLog: string
}

/** Starts the gateway with a command, in its own process group, and waits until it serves. */
async function startBy(command: string, args: string[]): Promise<Started> {
  const data = await mkdtemp(join(tmpdir(), 'supervise-'))
  const child = spawn(command, args, {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...withoutSettings(), PORT: '0', EMULATOR_PORT: '0', DATA_DIR: data },
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${command} did not start`)
  onTestFinished(() => endGroup(pid))
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /App and API\s+(http:\S+)/.exec(line)?.[1]
    if (url) return { child, url, openLog: join(data, 'gateway.sqlite-wal') }
  }
  throw new Error('The gateway exited before it served.')
}

// The settings of the developer's shell, such as a port, must not affect the test.
function withoutSettings(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE } = process.env
  return { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE, GATEWAY }
}

function endGroup(pid: number) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // All processes have ended.
  }
}

async function stopped({ url, openLog }: Started): Promise<true> {
  await vi.waitFor(() => expect(fetch(url)).rejects.toBeInstanceOf(TypeError), { timeout: 30_000 })
  // The gateway closes its database only if it stops gracefully.
  await vi.waitFor(() => expect(existsSync(openLog)).toBe(false), { timeout: 30_000 })
  return true
}

const WAYS = {
  npx: ['npx', ['pnpm', ...FROM_PNPM]],
  pnpm: [process.execPath, [PNPM, ...FROM_PNPM]],
  'npm run': ['npm', ['run', '--prefix', 'scripts', 'gateway']],
  'node scripts/run.mjs': [process.execPath, [join(import.meta.dirname, 'run.mjs'), GATEWAY]],
  node: [process.execPath, [GATEWAY]],
} as const satisfies Record<string, [string, string[]]>

test.each(Object.keys(WAYS) as (keyof typeof WAYS)[])(
  'SIGTERM to %s stops the gateway gracefully',
  async (way) => {
    const [command, args] = WAYS[way]
    const started = await startBy(command, [...args])
    expect(existsSync(started.openLog)).toBe(true)
    started.child.kill('SIGTERM')
    expect(await stopped(started)).toBe(true)
  },
)

test.each(['npx', 'pnpm', 'npm run', 'node scripts/run.mjs'] as const)(
  'SIGKILL of %s stops the gateway gracefully',
  async (way) => {
    const [command, args] = WAYS[way]
    const started = await startBy(command, [...args])
    started.child.kill('SIGKILL')
    expect(await stopped(started)).toBe(true)
  },
)

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s to the whole process group, as from a supervisor or a terminal, stops it once',
  async (signal) => {
    const [command, args] = WAYS.npx
    const started = await startBy(command, [...args])
    process.kill(-(started.child.pid ?? 0), signal)
    expect(await stopped(started)).toBe(true)
  },
)

test('Ctrl-C in a terminal, which reaches every process, is not a failure to pnpm', async () => {
  const [command, args] = WAYS.pnpm
  const { child } = await startBy(command, [...args])
  const ended = once(child, 'exit')
  process.kill(-(child.pid ?? 0), 'SIGINT')
  expect(await ended).toEqual([0, null])
})

test('an exit code of the program is a failure to pnpm, with that code', async () => {
  const failing = spawn(process.execPath, [PNPM, ...FROM_PNPM], {
    cwd: ROOT,
    stdio: 'ignore',
    env: { ...withoutSettings(), PORT: 'none' },
  })
  expect(await once(failing, 'exit')).toEqual([1, null])
})

test.each<[string, [string, string[], number]]>([
  [
    'does not include a shell that runs it in the background',
    ['sh', ['-c', `${process.execPath} $0 & wait`], 0],
  ],
  [
    'includes pnpm and the shell in between',
    [process.execPath, [PNPM, 'exec', 'sh', '-c', `${process.execPath} $0; true`], 2],
  ],
])('the list of package managers %s', async (_what, [command, args, count]) => {
  const folder = await mkdtemp(join(tmpdir(), 'supervise-'))
  const program = join(folder, 'print.mjs')
  const list = pathToFileURL(join(import.meta.dirname, 'list-package-managers.mjs'))
  await writeFile(
    program,
    `import { listPackageManagers } from '${list.href}'\nconsole.log(JSON.stringify(listPackageManagers()))`,
  )
  const { stdout } = await promisify(execFile)(command, [...args, program], { cwd: ROOT })
  expect(JSON.parse(stdout)).toHaveLength(count)
})
