import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { installClient } from '../install-client.ts'
import { startSmokeEmulator, type SmokeEmulator } from '../start-smoke-emulator.ts'
import { runTool, toolPath } from '../run-tool.ts'

// Turbopack finds no packages outside its root, so the apps are created inside the workspace.
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const REPORTS = fileURLToPath(new URL('../../.reports/', import.meta.url))
const NEXT = toolPath('next/dist/bin/next')
const folders: string[] = []
let emulator: SmokeEmulator

beforeAll(async () => {
  emulator = await startSmokeEmulator()
})

afterAll(async () => {
  await emulator.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

test('the server entry point runs in edge routes, Node routes and the proxy, and no page gets its code', async () => {
  const app = makeApp({
    'app/edge/route.js': route('edge', '[globalThis.EdgeRuntime]'),
    'app/node/route.js': route('nodejs', '[typeof globalThis.EdgeRuntime]'),
    'app/page.jsx': `'use client'
      import { connectAccount } from 'pipedream-client/browser'
      export default () => <button onClick={() => connectAccount({})}>Connect</button>`,
    'proxy.js': `import { createPipedreamClient } from 'pipedream-client/server'
      export const proxy = () => void createPipedreamClient.name`,
  })
  expect(await runTool(app, [NEXT, 'build'])).toMatchObject({ exitCode: 0 })

  const program = fileURLToPath(new URL('serve-next.mjs', import.meta.url))
  const served = await runTool(app, [program, app], { BASE_URL: emulator.url })
  expect(served).toMatchObject({ exitCode: 0 })
  const responses = served.output.split('\n').find((line) => line.startsWith('{'))
  expect(JSON.parse(responses ?? '')).toEqual({
    edge: { 'edge-runtime': true, ...emulator.expected },
    node: { undefined: true, ...emulator.expected },
  })

  const page = readTree(join(app, '.next/static'))
  expect(page).toContain('ERR_CANCELLED')
  expect(page).not.toContain('client_secret')
})

test('a page that imports the server entry point does not build', async () => {
  const app = makeApp({
    'app/page.jsx': `'use client'
      import { createPipedreamClient } from 'pipedream-client/server'
      export default () => <button onClick={() => createPipedreamClient({})}>Connect</button>`,
  })
  const built = await runTool(app, [NEXT, 'build'])
  expect(built).toMatchObject({ exitCode: 1 })
  expect(built.output).toContain('pipedream-client/dist/server-only.js')
})

/** A route that uses the client, and returns the name of its runtime. */
function route(runtime: string, kind: string): string {
  return `import { useClient } from '../../use-client.ts'
     export const runtime = '${runtime}'
     export const dynamic = 'force-dynamic'
     export const GET = async () =>
       Response.json({ ${kind}: true, ...(await useClient(process.env.BASE_URL)) })`
}

/** Creates a Next.js app with the built client and these files. */
function makeApp(files: Readonly<Record<string, string>>): string {
  mkdirSync(REPORTS, { recursive: true })
  const folder = mkdtempSync(join(REPORTS, 'next-'))
  folders.push(folder)
  installClient(folder, fileURLToPath(new URL('../programs', import.meta.url)))
  const layout = `export default ({ children }) => <html lang="en"><body>{children}</body></html>`
  const config = `export default { turbopack: { root: ${JSON.stringify(ROOT)} } }`
  const shared = { 'app/layout.jsx': layout, 'next.config.js': config }
  for (const [name, source] of Object.entries({ ...shared, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), source)
  }
  return folder
}

function readTree(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  return files
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
    .join('\n')
}
