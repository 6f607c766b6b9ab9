import { spawn } from 'node:child_process'
import { listPackageManagers } from './list-package-managers.mjs'

// How often we look whether what started us still runs.
const LOOK_EVERY_MS = 500

/**
 * Runs a program until it ends, and ends as it did. The program is told to stop (by SIGTERM) when we are, and when
 * npx or pnpm, which started us, is gone: on a signal both end without telling what they run.
 * @param {object} options
 * @param {string} options.command
 * @param {string[]} options.args
 * @param {NodeJS.ProcessEnv} options.env
 * @param {boolean} options.hasChannel whether the program notices by an IPC channel when even we are killed
 */
export function supervise({ command, args, env, hasChannel }) {
  const child = spawn(command, args, {
    env,
    stdio: hasChannel ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
    // On Windows the commands of packages are batch files.
    shell: process.platform === 'win32' && !hasChannel,
  })
  const stop = () => child.kill('SIGTERM')
  process.on('SIGTERM', stop)
  // A terminal sends Ctrl-C to the program as well as to us.
  process.on('SIGINT', () => process.stdin.isTTY || stop())

  const starters = listPackageManagers()
  const watch = setInterval(() => {
    if (starters.every(isAlive)) return
    clearInterval(watch)
    stop()
  }, LOOK_EVERY_MS)

  child.once('error', (error) => {
    console.error(`\n${command} could not be started: ${error.message}\n`)
    process.exit(1)
  })
  child.once('exit', (code, signal) => {
    clearInterval(watch)
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143)
  })
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
