import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type ParseEntry, parse } from 'shell-quote'
import { ROOT } from './read-documents.ts'
import { sendCurl } from './send-curl.ts'
import type { RunningGateway } from './start-gateway.ts'

/** The state of the commands of a block. */
interface Shell {
  gateway: RunningGateway
  /** Variables of the shell; members of a response become variables, such as `ACCESS_TOKEN`. */
  variables: Record<string, string>
  /** The current folder, from the root. */
  folder: string
}

/**
 * Checks a block of commands: sends `curl` to the gateway, and looks up the script, package, program or file of a package
 * manager's command. Throws with the problem; an unknown command is one.
 */
export async function runShell(code: string, gateway: RunningGateway): Promise<void> {
  const shell: Shell = { gateway, variables: { SERVICE_KEY: gateway.serviceKey }, folder: '' }
  for (const line of joinLines(code)) {
    for (const words of split(line, shell.variables)) await run(words, shell)
  }
}

/** A backslash at the end joins a line with the next one. */
function joinLines(code: string): string[] {
  return code
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.replace(/^\s*\$ /, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
}

/** The commands of a line, each as a list of words. */
function split(line: string, variables: Record<string, string>): string[][] {
  const commands: string[][] = [[]]
  for (const entry of parse(line, variables)) {
    if (isComment(entry)) break
    if (typeof entry === 'string') commands.at(-1)?.push(entry)
    else if ('op' in entry && ['&&', ';', '|', '||'].includes(entry.op)) commands.push([])
    else throw new Error(`"${line}" contains something other than words and simple operators.`)
  }
  return commands.filter((words) => words.length > 0)
}

function isComment(entry: ParseEntry): boolean {
  return typeof entry === 'object' && 'comment' in entry
}

async function run(words: readonly string[], shell: Shell): Promise<void> {
  // `NAME=value` before a command applies to that command only.
  const [command = '', ...rest] = words.slice(words.findIndex((word) => !/^\w+=/.test(word)))
  if (command === 'curl') await sendCurl(rest, shell)
  else if (command === 'cd') enter(rest[0] ?? '', shell)
  else if (command === 'npx' && rest[0] === '-y' && rest[1]?.startsWith('pnpm@') === true) {
    checkPnpm(rest.slice(2), shell.folder)
  } else if (command === 'npx') await checkProgram(rest.filter((word) => word !== '-y'))
  else if (command.startsWith('pipedream-')) await checkProgram([command, ...rest])
  else if (command === 'pnpm') checkPnpm(rest, shell.folder)
  else if (command === 'npm') checkNpm(rest, shell.folder)
  else throw new Error(`No test runs "${command}". Mark the block: <!-- not run: reason -->`)
}

function enter(folder: string, shell: Shell): void {
  shell.folder = join(shell.folder, folder)
  expectThere(existsSync(join(ROOT, shell.folder)), `the folder ${shell.folder}`)
}

const OWN_COMMANDS = new Set(['install', 'add', 'dlx', '--version', 'pack', 'publish'])

function checkPnpm(given: readonly string[], folder: string): void {
  const words = given.filter((word) => word !== '--silent' && word !== '-s')
  const [first = '', second = '', third = ''] = words
  if (first === '--filter') {
    const inside = findPackage(second)
    if (third === 'exec') return checkExec(words.slice(3), inside)
    if (!OWN_COMMANDS.has(third)) checkScript(words.slice(2), inside)
    return
  }
  if (first === 'exec') return checkExec(words.slice(1), folder)
  if (!OWN_COMMANDS.has(first)) checkScript(words, folder)
}

function checkNpm([first = '', second = '']: readonly string[], folder: string): void {
  if (first !== 'install' && first !== 'ci') checkScript([first === 'run' ? second : first], folder)
}

function checkScript(words: readonly string[], folder: string): void {
  const name = words[0] === 'run' ? (words[1] ?? '') : (words[0] ?? '')
  const { scripts } = readManifest(folder)
  expectThere(name in scripts, `the script "${name}" in ${folder || 'the root'}`)
}

function checkExec([program = '', file = '']: readonly string[], folder: string): void {
  if (program === 'node') {
    return expectThere(existsSync(join(ROOT, folder, file)), `the file ${folder}/${file}`)
  }
  const found = [folder, ''].some((one) =>
    existsSync(join(ROOT, one, 'node_modules', '.bin', program)),
  )
  expectThere(found, `the program "${program}"`)
}

/** A program of a package of this repository: its `--help` must list every option. */
async function checkProgram([name = '', ...rest]: readonly string[]): Promise<void> {
  const folder = PACKAGES.find((one) => name in readManifest(one).bin)
  if (folder === undefined) return checkExec([name], '')
  const file = join(ROOT, folder, 'src', 'cli.ts')
  const options = rest.filter((one) => one.startsWith('--'))
  if (options.length === 0) return expectThere(existsSync(file), `the program "${name}"`)
  const known = await listOptions(file)
  for (const word of options) {
    expectThere(known.has(word.split('=')[0] ?? ''), `the option ${word} of ${name}`)
  }
}

const optionsOf = new Map<string, Promise<Set<string>>>()

function listOptions(program: string): Promise<Set<string>> {
  const known =
    optionsOf.get(program) ??
    promisify(execFile)(process.execPath, [program, '--help']).then(
      ({ stdout }) => new Set(stdout.match(/--[a-z][a-z-]*/g)),
    )
  optionsOf.set(program, known)
  return known
}

const PACKAGES = [
  'packages/pipedream-client',
  'packages/pipedream-emulator',
  'apps/api',
  'apps/web',
]
const OTHERS = ['packages/conformance', 'packages/chromium', 'packages/docs-test']

function findPackage(name: string): string {
  const found = [...PACKAGES, ...OTHERS].find((folder) => readManifest(folder).name === name)
  if (found === undefined) throw new Error(`Unknown package "${name}".`)
  return found
}

interface Manifest {
  name: string
  scripts: Record<string, string>
  bin: Record<string, string>
}

function readManifest(folder: string): Manifest {
  const text = readFileSync(join(ROOT, folder, 'package.json'), 'utf8')
  return { name: '', scripts: {}, bin: {}, ...JSON.parse(text) }
}

function expectThere(isThere: boolean, what: string): void {
  if (!isThere) throw new Error(`Not found: ${what}.`)
}
