// Runs on Node 18 and later before anything is installed, so it has no dependencies and no newer syntax.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pnpm } from './pnpm.mjs'

const PINNED = join(dirname(fileURLToPath(import.meta.url)), 'pinned-node')
// npm's `node` package chooses among these in an install script, which we do not run.
const PACKAGES = ['node', 'node-bin'].map(
  (prefix) =>
    `${prefix}-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
)
const BINARY = process.platform === 'win32' ? 'node.exe' : 'node'

/**
 * Returns whether a version of Node runs TypeScript and has `node:sqlite`, both without a flag, and runs undici.
 * @param {string} version such as `22.19.0`
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 19)
}

/**
 * Returns the Node that runs this project: the current one if it is new enough, otherwise the pinned one, which is installed
 * on first use. Throws an `Error` that says what to do if neither works.
 * @param {string} version of the current Node
 * @param {string} folder of the pinned Node
 * @returns {string} the path of the executable
 */
export function findNode(version = process.versions.node, folder = PINNED) {
  if (isNewEnough(version)) return process.execPath
  const pinned = pinnedNode(folder) ?? fetchNode(version, folder)
  if (pinned !== undefined && runs(pinned)) return pinned
  throw new Error(
    `Node ${version} is too old for this project, and ${
      pinned === undefined
        ? `it brings no Node for ${process.platform} on ${process.arch}`
        : 'the Node that it brings does not run on this system (it needs glibc, which Alpine Linux does not have)'
    }. Install Node 24 or newer${pinned === undefined ? '' : ', on Alpine with: apk add nodejs'}.`,
  )
}

/**
 * @param {string} version
 * @param {string} folder
 */
function fetchNode(version, folder) {
  console.error(
    `Node ${version} is too old for this project, so it downloads a newer one once (40 MB) ...`,
  )
  pnpm(
    ['install', '--ignore-workspace', '--frozen-lockfile', '--ignore-scripts', '--reporter=silent'],
    folder,
  )
  return pinnedNode(folder)
}

/**
 * @param {string} folder
 * @returns {string | undefined} the path of the pinned Node, if it is installed
 */
function pinnedNode(folder) {
  return PACKAGES.map((name) => join(folder, 'node_modules', name, 'bin', BINARY)).find((path) =>
    existsSync(path),
  )
}

/** @param {string} node */
function runs(node) {
  try {
    return isNewEnough(execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }))
  } catch {
    return false
  }
}
