import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pnpm } from './pnpm.mjs'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const INSTALLED = join(ROOT, 'node_modules/.modules.yaml')
// Only the packages that `start` serves with: each other one brings dependencies of its own.
const PROD = ['--prod', '--filter=web...', '--filter=api...']

/**
 * Installs what is missing; takes under a second when nothing is.
 * @param {'all' | 'prod'} what `prod` leaves out what only tests and checks need, unless that is installed already
 */
export function install(what) {
  const isProd = what === 'prod' && !hasDevDependencies()
  pnpm(['install', ...(isProd ? PROD : [])], ROOT)
}

function hasDevDependencies() {
  return existsSync(INSTALLED) && /devDependencies"?: true/.test(readFileSync(INSTALLED, 'utf8'))
}
