import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { installClient } from '../install-client.ts'
import { startSmokeEmulator, type SmokeEmulator } from '../start-smoke-emulator.ts'
import { runTool, toolPath } from '../run-tool.ts'

const folder = mkdtempSync(join(tmpdir(), 'conformance-cloudflare-'))
let emulator: SmokeEmulator

beforeAll(async () => {
  installClient(folder, fileURLToPath(new URL('../programs', import.meta.url)))
  emulator = await startSmokeEmulator()
})

afterAll(async () => {
  await emulator.close()
  rmSync(folder, { recursive: true, force: true })
})

// wrangler rejects older versions.
const TOO_OLD = Number.parseInt(process.versions.node) < 22

test.skipIf(TOO_OLD)('the server entry point runs in a worker that wrangler bundles', async () => {
  const worker = await build(
    'server',
    `import { useClient } from './use-client.ts'
     export default {
       fetch: async (request, env) => Response.json(await useClient(env.BASE_URL)),
     }`,
  )
  expect(worker).toMatchObject({ exitCode: 0 })
  expect(worker.output).not.toContain('WARNING')
  const program = fileURLToPath(new URL('serve-worker.ts', import.meta.url))
  const served = await runTool(folder, [program, worker.path, worker.built, emulator.url])
  expect(served).toMatchObject({ exitCode: 0 })
  expect(JSON.parse(served.output.trim().split('\n').at(-1) ?? '')).toEqual(emulator.expected)
})

test.skipIf(TOO_OLD)(
  'what the Node entry point needs is named when a worker lacks it',
  async () => {
    const built = await build(
      'node',
      `import { createNodeTransport } from 'pipedream-client/node'
     export default { fetch: () => new Response(typeof createNodeTransport) }`,
    )
    expect(built.output).toContain('nodejs_compat')
    expect(built.output).toContain('pipedream-client/dist/')
  },
)

async function build(name: string, source: string) {
  const path = join(folder, `${name}.json`)
  const built = join(folder, `${name}-built`)
  writeFileSync(join(folder, `${name}.js`), source)
  writeFileSync(
    path,
    JSON.stringify({ name, main: `${name}.js`, compatibility_date: '2026-01-01' }),
  )
  const args = ['deploy', '--dry-run', '--config', path, '--outdir', built]
  const ended = await runTool(folder, [toolPath('wrangler/bin/wrangler.js'), ...args])
  return { ...ended, path, built }
}
