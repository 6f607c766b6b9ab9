import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv, promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readConfig } from '../../../apps/api/src/config/read-config.ts'
import { prepareNames, releaseNames } from '../src/names.ts'
import { type Block, readBlocks } from '../src/read-blocks.ts'
import { readDocument, readDocuments } from '../src/read-documents.ts'
import { runGraphql } from '../src/run-graphql.ts'
import { runShell } from '../src/run-shell.ts'
import { type RunningGateway, startGateway } from '../src/start-gateway.ts'
import { writeModule } from '../src/write-module.ts'

const PACKAGE = join(import.meta.dirname, '..')
const blocks = readDocuments().flatMap(readBlocks)

/** The client's own tests compile and run its TypeScript examples, against an API that knows their ids. */
const isRunByTheClient = ({ path, language }: Block) =>
  path.startsWith('packages/pipedream-client/') && ['ts', 'tsx'].includes(language)

const CODE = ['ts', 'tsx', 'js']
const RUN = new Set([...CODE, 'sh', 'env', 'json', 'jsonl', 'graphql'])
const read = (text: string) => readBlocks(readDocument('a.md', text))
const run = blocks.filter((block) => block.notRun === null && !isRunByTheClient(block))
const inLanguage = (...languages: string[]) =>
  run.filter(({ language }) => languages.includes(language))

let gateway: RunningGateway
// Inside the package, so that blocks find its dependencies; a new folder for each run, so that two runs do not collide.
let folder: string

beforeAll(async () => {
  mkdirSync(join(PACKAGE, '.reports'), { recursive: true })
  folder = mkdtempSync(join(PACKAGE, '.reports', 'blocks-'))
  gateway = await startGateway()
})
afterAll(async () => {
  await gateway.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('every block has a language that a test runs, or a reason why none does', () => {
  const unknown = run.filter(({ language }) => !RUN.has(language))
  expect(unknown.map(({ where, language }) => `${where} ${language}`)).toEqual([])
})

test('every TypeScript block has the right types', async () => {
  for (const block of inLanguage('ts', 'tsx')) writeModule(folder, block)
  const config = { extends: '../../tsconfig.json', include: ['*.ts', '*.tsx'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const tsc = join(PACKAGE, 'node_modules', 'typescript', 'bin', 'tsc')
  const complaints = await promisify(execFile)(process.execPath, [tsc, '-p', folder]).then(
    () => '',
    ({ stdout, message }: { stdout?: string; message: string }) => stdout || message,
  )
  expect(complaints).toBe('')
})

test.each(inLanguage(...CODE))('the code runs: $where', async (block) => {
  await prepareNames(gateway)
  const { fetch } = globalThis
  // As on a page of the product: relative URLs reach the gateway, and the user is signed in.
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    if (!input.startsWith('/')) return fetch(input, init)
    const headers = new Headers(init.headers)
    headers.set('cookie', gateway.cookie)
    headers.set('origin', gateway.url)
    return fetch(gateway.url + input, { ...init, headers })
  })
  vi.spyOn(console, 'log').mockReturnValue()
  try {
    await expect(import(/* @vite-ignore */ writeModule(folder, block))).resolves.toBeDefined()
  } finally {
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
    await releaseNames()
  }
})

test.each(inLanguage('sh'))('the commands exist: $where', async ({ code }) => {
  await expect(runShell(code, gateway)).resolves.toBeUndefined()
})

test.each(inLanguage('graphql'))('the operation succeeds: $where', async (block) => {
  await expect(runGraphql(block, gateway)).resolves.toBeUndefined()
})

test.each(inLanguage('env'))('the gateway accepts the settings: $where', ({ code }) => {
  // Three dots are a placeholder for the reader's own value.
  expect(() => readConfig(parseEnv(code.replaceAll('...', 'Example1')))).not.toThrow()
})

test.each(inLanguage('json', 'jsonl'))('is valid JSON: $where', ({ code, language }) => {
  const documents = language === 'json' ? [code] : code.split('\n')
  for (const document of documents) expect(() => JSON.parse(document)).not.toThrow()
})

describe('blocks are found', () => {
  test('fenced and indented, with the comments around them', () => {
    const text =
      '# A\n\n<!-- before\nlet a = 1\n-->\n\n```ts\na += 1\n```\n\n<!-- after\na += 2\n-->\n\n    npx -y pnpm@10 start\n'
    expect(read(text)).toMatchObject([
      { where: 'a.md:7', language: 'ts', before: 'let a = 1\n', code: 'a += 1', after: 'a += 2\n' },
      { where: 'a.md:15', language: 'sh', before: '', code: 'npx -y pnpm@10 start' },
    ])
  })

  test.each([
    ['```sh\nPORT=3001 # where\n\n# and\nHOST=::\n```\n', 'env'],
    ['    PORT=...\n', 'env'],
    ['```sh\nPORT=3001 npx -y pnpm@10 start\n```\n', 'sh'],
    ['    {"level":"info"}\n    {"level":"info"}\n', 'jsonl'],
    ['```yaml\na: 1\n```\n', 'yaml'],
    ['    pipedream-emulator --port 4010\n', 'sh'],
    ['    plain text\n', ''],
  ])('%j is %s', (text, language) => {
    expect(read(text)).toMatchObject([{ language, notRun: null }])
  })

  test('with the reason why a block is not run', () => {
    const text = '<!-- not run: it needs a cluster -->\n\n```yaml\na: 1\n```\n'
    expect(read(text)).toMatchObject([{ notRun: 'it needs a cluster' }])
    expect(read(text.replace(': it needs a cluster', ''))).toMatchObject([{ notRun: null }])
  })
})

describe('a command is rejected', () => {
  test.each([
    ['npx -y pnpm@10 no-such-script', 'no-such-script'],
    ['npx -y pnpm@10 --filter no-such-package test', 'no-such-package'],
    ['npx -y pnpm@10 --filter api no-such-script', 'no-such-script'],
    ['npx -y pnpm@10 --filter api exec node src/no-such-file.ts', 'no-such-file'],
    ['npx no-such-program', 'no-such-program'],
    ['pipedream-emulator --no-such-option', 'no-such-option'],
    ['pipedream-no-such-program', 'no-such-program'],
    ['PORT=3001 npx -y pnpm@10 no-such-script', 'no-such-script'],
    ['cd no-such-folder', 'no-such-folder'],
    ['kubectl apply', 'kubectl'],
    ['curl http://localhost:3000/api/no-such-address', '404'],
    ['curl https://example.com/', 'example.com'],
  ])('%s', async (code, named) => {
    await expect(runShell(code, gateway)).rejects.toThrow(named)
  })
})
