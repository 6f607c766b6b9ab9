import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')
const PNPM = join(ROOT, 'node_modules/pnpm/bin/pnpm.cjs')
// Packages that only tests, checks and examples need: 700 MB together. gql.tada depends on TypeScript 6.
const FOR_TESTS =
  /^((@sparticuz\+chromium|bun|deno|next|oxlint|playwright-core|turbo|vitest|workerd|wrangler)@|typescript@7)/

/** Copies what a clone would contain, including uncommitted files. */
async function cloneInto(folder: string) {
  const { stdout } = await promisify(execFile)(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '-z'],
    { cwd: ROOT, maxBuffer: 10_000_000 },
  )
  for (const path of stdout.split('\0').filter(Boolean)) {
    await cp(join(ROOT, path), join(folder, path))
  }
}

/** Returns the package store of this checkout, so that the clone needs no network. */
async function storeOfThisCheckout(): Promise<string | undefined> {
  const modules = await readFile(join(ROOT, 'node_modules/.modules.yaml'), 'utf8')
  return /"?storeDir"?: "?([^",\n]+)[/\\]v\d+"?/.exec(modules)?.[1]
}

test('start serves the page from a bare clone without the packages of tests; a plain install adds them, and can be replaced', async () => {
  const clone = await mkdtemp(join(tmpdir(), 'bare-clone-'))
  await cloneInto(clone)
  const { PATH, HOME, TMPDIR } = process.env
  const store = await storeOfThisCheckout()
  const env = {
    PATH,
    HOME,
    TMPDIR,
    PORT: '0',
    EMULATOR_PORT: '0',
    npm_config_prefer_offline: 'true',
    ...(store && { npm_config_store_dir: store }),
  }
  const start = spawn(process.execPath, [PNPM, 'start'], {
    cwd: clone,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  })
  const { pid } = start
  if (pid === undefined) throw new Error('pnpm did not start')
  const ended = once(start, 'exit')
  onTestFinished(async () => {
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // All processes have ended.
    }
    // The last processes of the group may still write during the removal.
    await rm(clone, { recursive: true, force: true, maxRetries: 5 })
  })
  let url: string | undefined
  for await (const line of createInterface({ input: start.stdout })) {
    url = /App and API\s+(http:\S+)/.exec(line)?.[1]
    if (url) break
  }
  expect(url).toBeDefined()
  const page = await fetch(`${url}`)
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('<div id="root">')
  const installed = await readdir(join(clone, 'node_modules/.pnpm'))
  expect(installed.filter((name) => FOR_TESTS.test(name))).toEqual([])
  process.kill(-pid, 'SIGINT')
  await ended
  // Without a terminal, pnpm cannot ask for confirmation.
  const install = spawn(process.execPath, [PNPM, 'install'], { cwd: clone, stdio: 'ignore', env })
  expect(await once(install, 'exit')).toEqual([0, null])
  // pnpm replaces a different layout of node_modules, which includes the running pnpm itself.
  const modules = join(clone, 'node_modules/.modules.yaml')
  const text = await readFile(modules, 'utf8')
  await writeFile(modules, text.replace(/("?layoutVersion"?: )\d+/, '$11'))
  const own = join(clone, 'node_modules/pnpm/bin/pnpm.cjs')
  const help = spawn(process.execPath, [own, 'pipedream', '--help'], {
    cwd: clone,
    stdio: 'ignore',
    env,
  })
  expect(await once(help, 'exit')).toEqual([0, null])
}, 300_000)
