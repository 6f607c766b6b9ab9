// node scripts/check-folder.mjs [dev]
// Reports a folder name that our tools cannot work in, because their own errors are misleading. It runs on any Node, so it is
// JavaScript without dependencies.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Parts of a path that break a tool; tested with pnpm 10 and Vite 8. */
const LIMITS = [
  {
    pattern: /\?|%[0-9a-f]{2}/i,
    what: 'a "?" or a "%" before two hexadecimal digits',
    tool: 'Vite',
  },
  { pattern: /#/, what: 'a "#"', tool: "Vite's development server", isDev: true },
  // Package commands are found through PATH, where ":" is the separator.
  { pattern: /:/, what: 'a ":"', tool: 'pnpm', isPosix: true },
]

/**
 * @param {string} folder
 * @param {{ isDev: boolean, isPosix: boolean }} use
 * @returns {string | undefined} an error message; undefined if the folder is fine
 */
function folderProblem(folder, use) {
  const limit = LIMITS.find(
    ({ pattern, isDev, isPosix }) =>
      pattern.test(folder) && (!isDev || use.isDev) && (!isPosix || use.isPosix),
  )
  return (
    limit &&
    `The path of this folder, ${folder}, contains ${limit.what}, which ${limit.tool} does not support. Move or rename the folder.`
  )
}

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const problem = folderProblem(root, {
  isDev: process.argv[2] === 'dev',
  isPosix: process.platform !== 'win32',
})
if (problem) {
  console.error(`\n${problem}\n`)
  process.exitCode = 1
}
