import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

const PACKAGE_MANAGER = /^(npm|npx|pnpm|pnpx|corepack|yarn|bun|bunx|turbo)(-cli)?(\.[cm]?js)?$/
const SHELL = /^(ba|da|a|k|z)?sh$/

/**
 * Lists the ancestor processes, nearest first, as long as they are package managers (npx, pnpm) or the shells between them.
 * Returns an empty list on Windows, where they pass signals on.
 * @returns {number[]} process ids
 */
export function listPackageManagers() {
  const found = []
  let pid = process.ppid
  for (let known = read(pid); known && isBetween(known.words); known = read(pid)) {
    found.push({ pid, isManager: !isShell(known.words) })
    pid = known.parent
  }
  // A shell above the outermost package manager belongs to a user or a supervisor: it may end while we continue.
  return found.slice(0, found.findLastIndex(({ isManager }) => isManager) + 1).map(({ pid }) => pid)
}

/** @param {string[]} words */
function isBetween(words) {
  const [command = '', script = ''] = words.map((word) => basename(word))
  return (
    isShell(words) ||
    PACKAGE_MANAGER.test(command) ||
    (command.startsWith('node') && PACKAGE_MANAGER.test(script))
  )
}

/** @param {string[]} words */
function isShell([command = '', flag = '']) {
  return SHELL.test(basename(command)) && flag.startsWith('-') && flag.endsWith('c')
}

/**
 * @param {number} pid
 * @returns {{ parent: number, words: string[] } | undefined} undefined if there is no such process, or no way to read it
 */
function read(pid) {
  if (pid <= 1 || process.platform === 'win32') return undefined
  try {
    return process.platform === 'linux' ? readProc(pid) : askPs(pid)
  } catch {
    return undefined
  }
}

/** @param {number} pid */
function readProc(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name, in parentheses, may contain any character.
  const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  // A program that sets its own title, such as npm, has a single string here.
  return { parent, words: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0 ]+/) }
}

/** @param {number} pid */
function askPs(pid) {
  const line = execFileSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8' })
  const [parent, ...words] = line.trim().split(/\s+/)
  return { parent: Number(parent), words }
}
