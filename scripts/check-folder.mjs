// node scripts/check-folder.mjs [dev]
// Says in front when this folder's name is one that our tools cannot work in: their own errors do not tell. It runs on any Node,
// so it is JavaScript and has no dependency.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What breaks, by what is in the path; tried with pnpm 10 and Vite 8. */
const LIMITS = [
  {
    pattern: /\?|%[0-9a-f]{2}/i,
    what: 'a "?" or a "%" before two hexadecimal digits',
    tool: 'Vite',
  },
  { pattern: /#/, what: 'a "#"', tool: "Vite's development server", isDev: true },
  // Commands of packages are found through PATH, which ":" separates.
  { pattern: /:/, what: 'a ":"', tool: 'pnpm', isPosix: true },
]

/**
 * @param {string} folder
 * @param {{ isDev: boolean, isPosix: boolean }} use
 * @returns {string | undefined} a sentence for a person; undefined: this folder is fine
 */
function folderProblem(folder, use) {
  const limit = LIMITS.find(
    ({ pattern, isDev, isPosix }) =>
      pattern.test(folder) && (!isDev || use.isDev) && (!isPosix || use.isPosix),
  )
  return (
    limit &&
    `The path of this folder, ${folder}, has ${limit.what} in it, with which ${limit.tool} does not work: move or rename the folder.`
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
