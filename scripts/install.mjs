import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pnpm } from './pnpm.mjs'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const OWN_PNPM = join(ROOT, 'node_modules/pnpm')
const INSTALLED = join(ROOT, 'node_modules/.modules.yaml')
// Only the packages that `start` needs, and their dependencies.
const PROD = ['--prod', '--filter=web...', '--filter=api...']

/**
 * Installs missing packages; takes less than a second if there are none.
 * @param {'all' | 'prod'} what `prod` leaves out the packages of tests and checks, unless they are installed already
 */
export function install(what) {
  const isProd = what === 'prod' && !hasDevDependencies()
  const args = ['install', ...(isProd ? PROD : [])]
  const hadPnpm = existsSync(OWN_PNPM)
  try {
    pnpm(args, ROOT)
  } catch (error) {
    // npx prefers the pnpm in node_modules. If it has to replace node_modules, for example for another store, it deletes
    // itself and fails.
    if (!hadPnpm || existsSync(OWN_PNPM)) throw error
    delete process.env['npm_execpath']
    pnpm(args, ROOT)
  }
}

function hasDevDependencies() {
  return existsSync(INSTALLED) && /devDependencies"?: true/.test(readFileSync(INSTALLED, 'utf8'))
}
