import { spawnSync } from 'node:child_process'

/**
 * Runs pnpm, the very one that runs us where it does, and shows what it prints. Throws when it fails.
 * @param {string[]} args
 * @param {string} cwd
 */
export function pnpm(args, cwd) {
  const [command = '', ...first] = pnpmCommand()
  const { status, error } = spawnSync(command, [...first, ...args], {
    cwd,
    // What pnpm says goes to standard error: standard output is for the program that runs afterwards.
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && command === 'npx',
    // Without a terminal pnpm would ask whether it may replace what another version of it installed.
    env: { ...process.env, CI: 'true' },
  })
  if (error || status !== 0) {
    throw new Error(
      `pnpm ${args[0]} failed${error ? `: ${error.message}` : ''}. Its message stands above.`,
    )
  }
}

/** @returns {string[]} */
function pnpmCommand() {
  const running = process.env.npm_execpath
  if (!running || !/pnpm/.test(running)) return ['npx', '-y', 'pnpm@10']
  return /\.[cm]?js$/.test(running) ? [process.execPath, running] : [running]
}
