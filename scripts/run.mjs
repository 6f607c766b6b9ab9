// node scripts/run.mjs [--install=all|prod] <program> [arguments]
// Runs a program, a TypeScript file or a command of an installed package with a recent enough Node.
// It runs on Node 18 and later, so this file and its imports are JavaScript without dependencies.
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNode } from './find-node.mjs'
import { install } from './install.mjs'
import { supervise } from './supervise.mjs'

const args = process.argv.slice(2)
const what = args[0]?.startsWith('--install=')
  ? args.shift()?.slice('--install='.length)
  : undefined
const program = args.shift()

try {
  if (!program || !(what === undefined || what === 'all' || what === 'prod')) {
    throw new Error('Usage: node scripts/run.mjs [--install=all|prod] <program> [arguments]')
  }
  if (what) install(what)
  const node = findNode()
  // Node 22 and 23 warn that node:sqlite is experimental, although it is the same as in 24.
  const quiet = ['--disable-warning=ExperimentalWarning']
  const env = {
    // Node.js keeps the sources there without their types, which saves a quarter of the time of a later start. It ignores
    // a folder that it cannot write to.
    NODE_COMPILE_CACHE: join(
      dirname(fileURLToPath(import.meta.url)),
      '../node_modules/.cache/node',
    ),
    ...process.env,
    PATH: dirname(node) + delimiter + process.env.PATH,
  }
  supervise(
    program.endsWith('.ts')
      ? { command: node, args: [...quiet, program, ...args], env, hasChannel: true }
      : { command: program, args, env, hasChannel: false },
  )
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
