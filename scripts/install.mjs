import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pnpm } from './pnpm.mjs'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const OWN_PNPM = join(ROOT, 'node_modules/pnpm')
const INSTALLED = join(ROOT, 'node_modules/.modules.yaml')
// Only the packages that `start` serves with: each other one brings dependencies of its own.
const PROD = ['--prod', '--filter=web...', '--filter=api...']

/**
 * Installs what is missing; takes under a second when nothing is.
 * @param {'all' | 'prod'} what `prod` leaves out what only tests and checks need, unless that is installed already
 */
export function install(what) {
  const isProd = what === 'prod' && !hasDevDependencies()
  const args = ['install', ...(isProd ? PROD : [])]
  const hadPnpm = existsSync(OWN_PNPM)
  try {
    pnpm(args, ROOT)
  } catch (error) {
    // npx prefers the pnpm in node_modules. When that has to replace node_modules, as for another store, it removes itself
    // and cannot go on.
    if (!hadPnpm || existsSync(OWN_PNPM)) throw error
    delete process.env['npm_execpath']
    pnpm(args, ROOT)
  }
}

function hasDevDependencies() {
  return existsSync(INSTALLED) && /devDependencies"?: true/.test(readFileSync(INSTALLED, 'utf8'))
}
