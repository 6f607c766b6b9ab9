import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BuildOptions, build as esbuild } from 'esbuild'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build as vite, type InlineConfig } from 'vite'
import { installClient } from '../install-client.ts'
import { RUNTIMES } from '../runtimes.ts'
import { runTool } from '../run-tool.ts'

const folder = mkdtempSync(join(tmpdir(), 'conformance-bundlers-'))
const entry = join(folder, 'app.js')
const bun = RUNTIMES.find(({ name }) => name === 'Bun')?.binary
/** A string of the server's code that no page may contain. */
const SECRET = 'client_secret'
const SERVER_ONLY = /createPipedreamClient.*server-only\.js/s

beforeAll(() => {
  installClient(folder)
  writeFileSync(
    entry,
    `import { createPipedreamClient } from 'pipedream-client/server'
     console.log(typeof createPipedreamClient)`,
  )
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.for(['workerd', 'edge-light', 'deno', 'bun', 'netlify', 'fastly'])(
  'with the condition %s',
  (condition) => {
    test('a bundler for browsers takes the server code', async () => {
      const built = await bundle({ platform: 'browser', conditions: [condition] })
      expect(await runBundle(built)).toEqual({ exitCode: 0, output: 'function\n' })
    })
  },
)

describe('a page that imports the server entry point by mistake', () => {
  test('fails with esbuild when it is loaded, and says why', async () => {
    const built = await bundle({ platform: 'browser' })
    expect(built).not.toContain(SECRET)
    // Without `process`, as in a page, the error message addresses pages.
    const ended = await runBundle(`delete globalThis.process\n${built}`)
    expect(ended.exitCode).toBe(1)
    expect(ended.output).toMatch(/browser.*pipedream-client\/browser.*workerd/s)
  })

  test('does not build with Vite', async () => {
    await expect(viteBuild({})).rejects.toThrow(SERVER_ONLY)
  })

  test('does not build with Rolldown', async () => {
    const page = await rolldown({ input: entry, platform: 'browser', cwd: folder })
    await expect(page.generate()).rejects.toThrow(SERVER_ONLY)
    await page.close()
  })

  test('does not build with Bun', ({ skip }) => {
    skip(bun === undefined, 'It is not installed: npm has it for Linux x64 here.')
    expect(() => bunBuild('browser')).toThrow(SERVER_ONLY)
  })
})

describe('a server', () => {
  test('is built by Vite', async () => {
    await viteBuild({ ssr: entry })
    const built = readFileSync(join(folder, 'dist/app.js'), 'utf8')
    expect(await runBundle(built)).toEqual({ exitCode: 0, output: 'function\n' })
  })

  test('is built by Vite for workers with a condition of theirs', async () => {
    const conditions = ['workerd']
    await viteBuild({ ssr: entry }, { target: 'webworker', resolve: { conditions } })
    const built = readFileSync(join(folder, 'dist/app.js'), 'utf8')
    expect(await runBundle(built)).toEqual({ exitCode: 0, output: 'function\n' })
  })

  test.for(['bun', 'node'])('is built by Bun for %s', async (target, { skip }) => {
    skip(bun === undefined, 'It is not installed: npm has it for Linux x64 here.')
    const built = bunBuild(target)
    expect(await runBundle(built)).toEqual({ exitCode: 0, output: 'function\n' })
  })
})

async function bundle(options: BuildOptions): Promise<string> {
  const common = { bundle: true, format: 'esm', write: false, logLevel: 'silent' } as const
  const built = await esbuild({ entryPoints: [entry], ...common, ...options })
  return built.outputFiles?.[0]?.text ?? ''
}

async function viteBuild(build: InlineConfig['build'], ssr: InlineConfig['ssr'] = {}) {
  await vite({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true, ...ssr },
    build: { rolldownOptions: { input: entry }, ...build },
  })
}

function bunBuild(target: string): string {
  const args = ['build', entry, `--target=${target}`]
  const env = { HOME: folder, NO_COLOR: '1' }
  return execFileSync(bun ?? '', args, { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' })
}

async function runBundle(source: string) {
  return runTool(folder, ['--input-type=module', '--eval', source])
}
