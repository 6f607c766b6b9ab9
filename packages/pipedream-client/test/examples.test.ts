import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { runInPage } from './example-page.ts'
import { ENVIRONMENT, pipedream, requests } from './example-server-door.ts'
import { type Example, examplesOf, readExamples } from './read-examples.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const examples = readExamples(root)
const DOORS = { real: 'pipedream-client/server', stubbed: '../../test/example-server-door.ts' }

// Within the package, so that its own name leads to its own doors; of its own, so that two runs do not meet.
let folder = ''

beforeAll(() => {
  mkdirSync(join(root, '.reports'), { recursive: true })
  folder = mkdtempSync(join(root, '.reports', 'examples-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// After their first block the documents take `pipedream` for granted.
const CLIENTS = {
  real: `declare const pipedream: import('${DOORS.real}').PipedreamClient\n`,
  stubbed: `import { pipedream } from '${DOORS.stubbed}'\n`,
}

/** Writes an example as a module of its own. */
function write({ where, source }: Example, door: keyof typeof DOORS): string {
  const file = join(folder, `${where.replaceAll(/\W/g, '-')}.${door}.ts`)
  const client = !/\bpipedream = /.test(source) && /\bpipedream\./.test(source) ? CLIENTS[door] : ''
  const doorways = source.replaceAll(`'${DOORS.real}'`, `'${DOORS[door]}'`)
  writeFileSync(file, `${client}${doorways}\nexport {}\n`)
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
    // What it has to say it says on stdout, and then it fails.
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

test('blocks are found, with the code that the reader is spared', () => {
  const text =
    '# A\n\n<!-- before\nlet a = 1\n-->\n\n```ts\na += 1\n```\n\n<!-- after\na += 2\n-->\n\n```tsx\nno\n```\n```ts\nb\n```\n'
  expect(examplesOf('a.md', text)).toEqual([
    { where: 'a.md:7', shown: 'a += 1\n', source: 'let a = 1\na += 1\na += 2\n' },
    { where: 'a.md:18', shown: 'b\n', source: 'b\n' },
  ])
})
