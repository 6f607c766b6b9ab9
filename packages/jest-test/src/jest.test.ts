import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CLIENT_FOLDER, installClient } from 'conformance/install-client'
import { runTool } from 'conformance/run-tool'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const PACKAGE = fileURLToPath(new URL('../', import.meta.url))
const JEST = join(PACKAGE, 'node_modules/jest/bin/jest.js')
const CHECK = `test('the package loads', () => expect(typeof createPipedreamClient).toBe('function'))`
/** The same test as CommonJS, as a module and in TypeScript. */
const FILES = {
  'commonjs.test.cjs': `const { createPipedreamClient } = require('pipedream-client/server')\n${CHECK}`,
  'module.test.mjs': `import { createPipedreamClient } from 'pipedream-client/server'\n${CHECK}`,
  'typed.test.ts': `import { createPipedreamClient, type PipedreamClient } from 'pipedream-client/server'
    declare const test: (name: string, run: () => void) => void
    declare const expect: (value: unknown) => { toBe(value: unknown): void }
    const make: (...options: Parameters<typeof createPipedreamClient>) => PipedreamClient = createPipedreamClient
    const checked: { connectToken: Promise<string> } = {
      connectToken: Promise.resolve().then(async () => {
        const { connectToken } = await make({} as never).connectTokens.create({ externalUserId: 'ada' })
        return connectToken
      }).catch(() => ''),
    }
    void checked
    ${CHECK}`,
}
/** The settings of an old project. */
const NODE10 = {
  compilerOptions: {
    target: 'es2022',
    module: 'commonjs',
    moduleResolution: 'node10',
    ignoreDeprecations: '6.0',
    esModuleInterop: true,
    strict: true,
    skipLibCheck: true,
    types: [],
  },
}
const TS_JEST = { transform: { '^.+\\.ts$': 'ts-jest' } }
let folder: string

beforeAll(() => {
  // Inside this package, where Jest finds its presets and environments.
  mkdirSync(join(PACKAGE, '.reports'), { recursive: true })
  folder = mkdtempSync(join(PACKAGE, '.reports/jest-'))
  installClient(folder)
  // CommonJS, like most projects that use Jest.
  writeFileSync(join(folder, 'package.json'), '{}')
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(NODE10))
  for (const [name, source] of Object.entries(FILES)) writeFileSync(join(folder, name), source)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Jest can `require` a module on Node 24.9 and newer. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const REQUIRES_MODULES = major > 24 || (major === 24 && minor >= 9)
const TOO_OLD = 'Jest cannot `require` a module on this version of Node.'

type File = keyof typeof FILES

describe.for([
  ['commonjs.test.cjs', {}],
  ['module.test.mjs', {}],
  ['typed.test.ts', TS_JEST],
] as const)('%s', ([file, config]) => {
  const tooOld = !file.endsWith('.mjs') && !REQUIRES_MODULES

  test('loads the server entry point with VM modules', async ({ skip }) => {
    skip(tooOld, TOO_OLD)
    expect(await jest(file, { ...config, testEnvironment: 'node' })).toMatchObject({ exitCode: 0 })
  })

  test('loads it in jsdom with the export conditions of Node', async ({ skip }) => {
    skip(tooOld, TOO_OLD)
    const testEnvironmentOptions = { customExportConditions: ['node'] }
    const ended = await jest(file, { ...config, testEnvironment: 'jsdom', testEnvironmentOptions })
    expect(ended).toMatchObject({ exitCode: 0 })
  })

  test('gets an error in jsdom without them that explains the cause and the fix', async () => {
    const ended = await jest(file, { ...config, testEnvironment: 'jsdom' })
    expect(ended.exitCode).toBe(1)
    expect(ended.output).toMatch(/jest-environment-jsdom.*customExportConditions/)
  })
})

test("the README's configuration works without VM modules", async () => {
  const readme = readFileSync(join(CLIENT_FOLDER, 'README.md'), 'utf8')
  const shown = /^```js\n\/\/ jest\.config\.mjs\n(?<config>[^]*?)^```$/m.exec(readme)?.groups?.[
    'config'
  ]
  writeFileSync(join(folder, 'jest.config.mjs'), shown ?? '')
  const args = [JEST, '--config', 'jest.config.mjs', 'typed.test.ts']
  expect(await runTool(folder, args)).toMatchObject({ exitCode: 0 })
})

function jest(file: File, config: Readonly<Record<string, unknown>>) {
  const shared = {
    rootDir: folder,
    testMatch: [`**/${file}`],
    cacheDirectory: join(folder, 'cache'),
  }
  const args = [JEST, '--config', JSON.stringify({ ...shared, ...config })]
  return runTool(folder, ['--experimental-vm-modules', ...args])
}
