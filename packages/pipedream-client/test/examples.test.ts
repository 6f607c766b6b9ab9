import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { runInPage } from './example-page.ts'
import { ENVIRONMENT, pipedream, requests } from './example-server-entry.ts'
import { type Example, examplesOf, readExamples } from './read-examples.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const examples = readExamples(root)
const ENTRY_POINTS = {
  real: 'pipedream-client/server',
  stubbed: '../../test/example-server-entry.ts',
}

// Inside the package, so that its own name resolves to it. Each run has its own folder.
let folder = ''

beforeAll(() => {
  mkdirSync(join(root, '.reports'), { recursive: true })
  folder = mkdtempSync(join(root, '.reports', 'examples-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// Only the first block of a document creates `pipedream`; the others use it.
const CLIENTS = {
  real: `declare const pipedream: import('${ENTRY_POINTS.real}').PipedreamClient\n`,
  stubbed: `import { pipedream } from '${ENTRY_POINTS.stubbed}'\n`,
}

/** Writes an example as a module and returns its path. */
function write({ where, source }: Example, entryPoint: keyof typeof ENTRY_POINTS): string {
  const file = join(folder, `${where.replaceAll(/\W/g, '-')}.${entryPoint}.ts`)
  const client =
    !/\bpipedream = /.test(source) && /\bpipedream\./.test(source) ? CLIENTS[entryPoint] : ''
  const rewritten = source.replaceAll(`'${ENTRY_POINTS.real}'`, `'${ENTRY_POINTS[entryPoint]}'`)
  writeFileSync(file, `${client}${rewritten}\nexport {}\n`)
  return file
}

const isForPages = ({ source }: Example) => source.includes("'pipedream-client/browser'")

describe('every example', () => {
  beforeEach(() => {
    requests.length = 0
    vi.spyOn(console, 'log').mockReturnValue()
    for (const [name, value] of Object.entries(ENVIRONMENT)) vi.stubEnv(name, value)
    return () => {
      vi.restoreAllMocks()
      vi.unstubAllEnvs()
    }
  })

  test('compiles', async () => {
    for (const example of examples) write(example, 'real')
    const compilerOptions = { noEmit: true }
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../../tsconfig.json', compilerOptions, include: ['*.real.ts'] }),
    )
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    // tsc writes its errors to stdout, then exits with 1.
    const complaints = await promisify(execFile)(process.execPath, [tsc, '-p', folder]).then(
      () => '',
      ({ stdout, message }: { stdout?: string; message: string }) => stdout || message,
    )
    expect(complaints).toBe('')
  })

  test.each(examples.filter((example) => !isForPages(example)))('runs: $where', async (example) => {
    await import(/* @vite-ignore */ write(example, 'stubbed'))
    const isCall = /\bpipedream(?:\.\w+){2,}\(/.test(example.shown)
    expect(requests.length > 0).toBe(isCall)
  })

  test.each(examples.filter(isForPages))('runs in Chromium: $where', async (example) => {
    const opens = example.source.includes('connectAccount(')
    await expect(runInPage(write(example, 'real'))).resolves.toEqual({
      hosted: opens ? ['https://pipedream.com/_static/connect.html'] : [],
      framesLeft: 0,
    })
  })
})

test.each(Object.keys(pipedream))('there is an example for %s', (resource) => {
  const found = examples.some(({ shown }) => shown.includes(`pipedream.${resource}.`))
  expect(found).toBe(true)
})

test('reads the blocks of a document, with their hidden setup code', () => {
  const text =
    '# A\n\n<!-- before\nlet a = 1\n-->\n\n```ts\na += 1\n```\n\n<!-- after\na += 2\n-->\n\n```tsx\nno\n```\n```ts\nb\n```\n'
  expect(examplesOf('a.md', text)).toEqual([
    { where: 'a.md:7', shown: 'a += 1\n', source: 'let a = 1\na += 1\na += 2\n' },
    { where: 'a.md:18', shown: 'b\n', source: 'b\n' },
  ])
})
