import { spawnSync } from 'node:child_process'

/**
 * Runs pnpm and shows its output: the same pnpm that started this process, if one did. Throws if it fails.
 * @param {string[]} args
 * @param {string} cwd
 */
export function pnpm(args, cwd) {
  const [command = '', ...first] = pnpmCommand()
  const { status, error } = spawnSync(command, [...first, ...args], {
    cwd,
    // pnpm's output goes to standard error: standard output belongs to the program that runs afterwards.
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && command === 'npx',
    // Otherwise pnpm asks whether it may replace what another version of pnpm installed.
    env: { ...process.env, CI: 'true' },
  })
  if (error || status !== 0) {
    throw new Error(
      `pnpm ${args[0]} failed${error ? `: ${error.message}` : ''}. See its message above.`,
    )
  }
}

/** @returns {string[]} */
function pnpmCommand() {
  const running = process.env.npm_execpath
  if (!running || !/pnpm/.test(running)) return ['npx', '-y', 'pnpm@10']
  return /\.[cm]?js$/.test(running) ? [process.execPath, running] : [running]
}
