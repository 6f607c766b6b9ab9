import { existsSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Program, start } from '../measure/processes.ts'
import type { Ready } from '../server/serve.ts'
import { gatewaySettings } from '../server/settings.ts'

const ROOT = join(import.meta.dirname, '../../..')
const REPORT = new URL('../server/report-when-bound.js', import.meta.url).href

interface GatewayOptions {
  settings?: Record<string, string>
  /** Options of Node. */
  execArgv?: string[]
  /** From its sources: one user may have any number of event streams, and a profile shows the files. */
  fromSources?: boolean
}

let built: Promise<string> | undefined

/** Starts the gateway's production build, or its sources, with its own empty database unless the settings name one. */
export async function startGateway(
  upstream: string,
  { settings = {}, execArgv = [], fromSources = false }: GatewayOptions,
) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-gateway-'))
  const own = { DATA_DIR: folder, ...gatewaySettings(upstream), ...settings }
  const program: Program = { env: own, isAlone: true, execArgv }
  const { child, said } = fromSources
    ? await start('server/source-gateway.ts', program)
    : await start(pathToFileURL(join(await buildOnce(), 'apps/api/dist/main.js')).href, {
        ...program,
        execArgv: ['--import', REPORT, ...execArgv],
      })
  child.once('exit', () => void rm(folder, { recursive: true, force: true }))
  const { url, importedAt } = said as Ready
  // The port is bound early; requests wait until the gateway is ready.
  await fetch(`${url}/health/live`)
  const readyAt = performance.timeOrigin + performance.now()
  return { child, url, ...(importedAt !== undefined && { importMs: readyAt - importedAt }) }
}

/** Copies the build to where neither packages nor an `.env.local` of this folder are found. */
function buildOnce(): Promise<string> {
  return (built ??= copyBuild())
}

async function copyBuild(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-build-'))
  for (const part of ['apps/api/dist', 'apps/web/dist']) {
    if (!existsSync(join(ROOT, part))) throw new Error('First run: npx -y pnpm@10 build')
    await cp(join(ROOT, part), join(folder, part), { recursive: true })
  }
  return folder
}

/** Deletes the copy of the build. */
export async function forgetBuild(): Promise<void> {
  if (built) await rm(await built, { recursive: true, force: true })
}
