import { spawn } from 'node:child_process'
import { listPackageManagers } from './list-package-managers.mjs'

// How often to check whether our starters still run.
const LOOK_EVERY_MS = 500

/**
 * Runs a program, and exits with its result. Sends it SIGTERM when this process receives a signal, and when the npx or pnpm
 * that started this process has exited: both exit on a signal without passing it on.
 * @param {object} options
 * @param {string} options.command
 * @param {string[]} options.args
 * @param {NodeJS.ProcessEnv} options.env
 * @param {boolean} options.hasChannel whether the program uses an IPC channel to notice that this process was killed
 */
export function supervise({ command, args, env, hasChannel }) {
  const child = spawn(command, args, {
    env,
    stdio: hasChannel ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
    // On Windows, package commands are batch files.
    shell: process.platform === 'win32' && !hasChannel,
  })
  const stop = () => child.kill('SIGTERM')
  process.on('SIGTERM', stop)
  // A terminal sends Ctrl-C to the program too.
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
    // EPERM: it runs as another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
