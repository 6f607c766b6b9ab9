import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** The folder of the client's package in this workspace. */
export const CLIENT_FOLDER = dirname(require.resolve('pipedream-client/package.json'))

// The version that the client is tested with.
const UNDICI = dirname(createRequire(join(CLIENT_FOLDER, 'package.json')).resolve('undici'))

/** Installs the built client and undici into a folder as a package manager would, and copies programs next to them. */
export function installClient(folder: string, programs?: string): void {
  const installed = join(folder, 'node_modules', 'pipedream-client')
  mkdirSync(installed, { recursive: true })
  cpSync(join(CLIENT_FOLDER, 'dist'), join(installed, 'dist'), { recursive: true })
  cpSync(UNDICI, join(folder, 'node_modules', 'undici'), { recursive: true })
  const manifest = JSON.parse(readFileSync(join(CLIENT_FOLDER, 'package.json'), 'utf8'))
  const { name, version, type, sideEffects, publishConfig } = manifest
  writeJson(join(installed, 'package.json'), {
    name,
    version,
    type,
    sideEffects,
    ...publishConfig,
  })
  writeJson(join(folder, 'package.json'), { type: 'module', dependencies: { [name]: version } })
  if (programs !== undefined) cpSync(programs, folder, { recursive: true })
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, JSON.stringify(value))
}
