import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { listen } from 'pipedream-emulator/listen'
import { expect, onTestFinished, test } from 'vitest'
import { atEmulator, startGateway, urlIn } from './fixtures/gateway-process.ts'
import { ConfigError, readConfig } from '../src/config/read-config.ts'
import { run } from '../../../packages/pipedream-client/src/lib/cli/run.ts'
import { inspectGateway } from '../../../scripts/inspect-gateway.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** A root folder of the test's own, with the script of the real one and this `.env.local`. */
async function createRoot(settings?: string) {
  const root = await mkdtemp(join(tmpdir(), 'root-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  await mkdir(join(root, 'scripts'))
  for (const name of ['pipedream.ts', 'inspect-gateway.ts']) {
    await cp(join(ROOT, 'scripts', name), join(root, 'scripts', name))
  }
  await writeFile(join(root, 'package.json'), '{"type":"module"}')
  for (const name of ['apps', 'packages']) {
    await symlink(join(ROOT, name), join(root, name), 'junction')
  }
  if (settings !== undefined) await writeFile(join(root, '.env.local'), settings)
  return root
}

/** Runs it from another folder, with no settings in the environment but these. */
async function pipedream(root: string, args: string[], env: Record<string, string> = {}) {
  const script = join(root, 'scripts/pipedream.ts')
  const { NODE_COMPILE_CACHE } = process.env
  const child = spawn(process.execPath, [script, ...args], {
    cwd: tmpdir(),
    // With the compiled sources, a start takes half the CPU time.
    env: { NODE_COMPILE_CACHE, ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ])
  return { code, stdout, stderr }
}

/** The sentences with which `start` refuses these settings. */
function refusals(env: Record<string, string>, file: Record<string, string>): readonly string[] {
  try {
    readConfig(env, file)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const TOKENS = ['tokens', '--json', '--reveal', '--user', 'Ada Lovelace & "Grace"']

test('without a project it uses the emulator that runs, and prints nothing but the tokens', async () => {
  const { url, emulator, close } = await listen({ port: 0 })
  onTestFinished(close)
  const root = await createRoot(`EMULATOR_PORT=${new URL(url).port}`)
  const { code, stdout, stderr } = await pipedream(root, TOKENS)
  const { connectToken } = JSON.parse(stdout)
  expect(code).toBe(0)
  expect(connectToken.externalUserId).toBe('Ada Lovelace & "Grace"')
  expect(connectToken.connectLinkUrl).toContain(`${url}/`)
  expect(stderr).toContain(url)
  const accounts = new Request(`${url}/v1/connect/proj_emulator/accounts`, {
    headers: { authorization: `Bearer ${connectToken.token}`, 'x-pd-environment': 'development' },
  })
  expect((await emulator.fetch(accounts)).status).toBe(200)
})

test('while no emulator runs, its tokens are valid for the one that `start` runs afterwards', async () => {
  const port = await freePort()
  const root = await createRoot(`EMULATOR_PORT=${port}`)
  const { code, stdout, stderr } = await pipedream(root, TOKENS)
  const { oauthToken, connectToken } = JSON.parse(stdout)
  expect(code).toBe(0)
  expect(stderr).toContain('start')
  expect(connectToken.connectLinkUrl).toContain(`http://localhost:${port}/`)
  const { url, close } = await listen({ port: 0, state: join(root, '.data/emulator') })
  onTestFinished(close)
  for (const bearer of [oauthToken.accessToken, connectToken.token]) {
    const headers = { authorization: `Bearer ${bearer}`, 'x-pd-environment': 'development' }
    const answer = await fetch(`${url}/v1/connect/proj_emulator/accounts`, { headers })
    expect(answer.status).toBe(200)
  }
})

test('on ports of its own a `start` is found by its folder; a named address goes first, and a dead one is ignored', async () => {
  const dead = await freePort()
  const root = await createRoot(`EMULATOR_PORT=${dead}`)
  const gateway = await startGateway({ DATA_DIR: join(root, '.data') })
  const url = urlIn(await gateway.banner, 'Emulator')
  const linkOf = async (env?: Record<string, string>): Promise<string> => {
    const { stdout } = await pipedream(root, TOKENS, env)
    return JSON.parse(stdout).connectToken.connectLinkUrl
  }
  expect(await linkOf()).toContain(`${url}/`)
  expect(await linkOf({ EMULATOR_PORT: '' })).toContain(`${url}/`)
  const named = await listen({ port: 0 })
  onTestFinished(named.close)
  const { port } = new URL(named.url)
  expect(await linkOf({ EMULATOR_PORT: port })).toContain(`${named.url}/`)
  gateway.child.kill('SIGKILL')
  await gateway.exit
  expect(await linkOf()).toContain(`http://localhost:${dead}/`)
})

test('the tokens of several concurrent runs, while no emulator runs, are all valid afterwards', async () => {
  const root = await createRoot(`EMULATOR_PORT=${await freePort()}`)
  const made = await Promise.all([1, 2, 3].map(() => pipedream(root, TOKENS)))
  const { url, close } = await listen({ port: 0, state: join(root, '.data/emulator') })
  onTestFinished(close)
  for (const { stdout } of made) {
    const bearer: string = JSON.parse(stdout).connectToken.token
    const headers = { authorization: `Bearer ${bearer}`, 'x-pd-environment': 'development' }
    const answer = await fetch(`${url}/v1/connect/proj_emulator/accounts`, { headers })
    expect(answer.status).toBe(200)
  }
})

test('another program on the port of the emulator is named as such', async () => {
  const other = createServer((_, response) => response.writeHead(404).end()).listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  const root = await createRoot()
  const { code, stdout, stderr } = await pipedream(root, TOKENS, { EMULATOR_PORT: String(port) })
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toContain('EMULATOR_PORT')
})

test('a project in .env.local of the root is used, whatever Windows wrote it with', async () => {
  const { url, close } = await listen({ port: 0 })
  onTestFinished(close)
  const settings = [
    'PIPEDREAM_CLIENT_ID=emulator-client',
    'PIPEDREAM_CLIENT_SECRET=emulator-secret',
    'PIPEDREAM_PROJECT_ID=proj_emulator',
    'PIPEDREAM_PROJECT_ENVIRONMENT=production',
    `PIPEDREAM_BASE_URL=${url}`,
  ]
  const root = await createRoot()
  await writeFile(join(root, '.env.local'), `\uFEFF${settings.join('\r\n')}`, 'utf16le')
  const { code, stdout, stderr } = await pipedream(root, ['tokens', '--json'])
  expect([code, stderr]).toEqual([0, ''])
  expect(JSON.parse(stdout).connectToken.projectEnvironment).toBe('production')
  // The environment goes before the file.
  const wrong = await pipedream(root, ['doctor'], { PIPEDREAM_PROJECT_ID: 'proj_other' })
  expect(wrong).toMatchObject({ code: 1, stdout: expect.stringContaining('PIPEDREAM_PROJECT_ID') })
})

interface Finding {
  check: string
  status: string
  what: string
}

function readFindings(stdout: string): { summary: string; findings: Finding[] } {
  const { summary, findings }: { summary: string; findings: Finding[] } = JSON.parse(stdout)
  return { summary, findings: findings.filter(({ status }) => status !== 'ok') }
}

/** What `doctor --json` finds wrong with a settings file, in this process and at an emulator. */
async function diagnose(file: string) {
  const { url, emulator, close } = await listen({ port: 0 })
  onTestFinished(close)
  let stdout = ''
  const code = await run({
    program: 'pipedream',
    args: ['doctor', '--json'],
    env: {},
    readFile: async (name) => (name === '.env.local' ? Buffer.from(file) : undefined),
    fetch,
    git: async () => undefined,
    standIn: async () => ({
      variables: atEmulator(url, emulator.credentials),
      fetch,
      note: '',
      close: async () => {},
    }),
    inspect: (settings) => inspectGateway({}, settings),
    write(stream, text) {
      if (stream === 'stdout') stdout += text
    },
    now: () => new Date(),
    version: '1.2.3',
  })
  return { code, ...readFindings(stdout) }
}

test('doctor names every setting that `start` refuses, in its words, wherever it is set', async () => {
  const env = { SERVICE_KEY: 'short', PORT: 'abc', DATABASE_URL: 'mysql://x' }
  const file = { LOG_LEVEL: 'loud', RATE_LIMIT_USER: 'many' }
  const text = Object.entries(file).map(([name, value]) => `${name}=${value}`)
  const { url, close } = await listen({ port: 0 })
  onTestFinished(close)
  const root = await createRoot(`EMULATOR_PORT=${new URL(url).port}\n${text.join('\n')}`)
  const { code, stdout } = await pipedream(root, ['doctor', '--json'], env)
  expect(code).toBe(1)
  const { findings } = readFindings(stdout)
  expect(findings.map(({ check, status, what }) => [check, status, what])).toEqual(
    refusals(env, file).map((sentence) => ['configuration', 'problem', sentence]),
  )
  expect(findings).toHaveLength(5)
})

test('what doctor and `start` both refuse is one problem', async () => {
  const { code, findings } = await diagnose(
    'PIPEDREAM_CLIENT_ID=a\nPUBLIC_URL=http://localhost/?a\nALLOWED_ORIGINS=https://x.test/y',
  )
  expect(code).toBe(1)
  const named = findings.filter(({ status }) => status === 'problem').map(({ what }) => what)
  expect(named.map((what) => /^\w+/.exec(what)?.[0])).toEqual([
    'PIPEDREAM_CLIENT_SECRET',
    'PIPEDREAM_PROJECT_ID',
    'PIPEDREAM_PROJECT_ENVIRONMENT',
    'PUBLIC_URL',
    'ALLOWED_ORIGINS',
  ])
})

test('of one setting, doctor tells both that it is not encrypted and that `start` refuses it', async () => {
  const { findings } = await diagnose('PUBLIC_URL=http://x.test')
  expect(findings).toMatchObject([
    { check: 'configuration', status: 'problem', what: expect.stringContaining('PUBLIC_URL') },
    { check: 'origins', status: 'problem', what: expect.stringContaining('not encrypted') },
  ])
})

test.each([
  ['a misspelt name', 'PIPEDREAM_CLIENT_SECRT=abc\nPIPEDREAM_X=1', 'PIPEDREAM_CLIENT_SECRT'],
  ['small letters', 'pipedream_client_id=a\nPIPEDREAM_PROJECT_ID=', 'pipedream_client_id'],
  ['an open emulator', 'EMULATOR_HOST=0.0.0.0', '0.0.0.0'],
])('doctor warns of %s as `start` does', async (_, settings, named) => {
  const { code, summary, findings } = await diagnose(settings)
  expect([code, summary]).toEqual([0, 'It works, with a warning.'])
  expect(findings).toMatchObject([
    { check: 'configuration', status: 'warning', what: expect.stringContaining(named) },
  ])
})

test('a misspelled name is reported with the missing setting', async () => {
  const { code, findings } = await diagnose(
    'PIPEDREAM_CLIENT_ID=a\nPIPEDREAM_CLIENT_SECRT=b\nPIPEDREAM_PROJECT_ID=proj_x\nPIPEDREAM_PROJECT_ENVIRONMENT=development',
  )
  expect(code).toBe(1)
  expect(findings.filter(({ status }) => status !== 'skipped')).toMatchObject([
    { status: 'problem', what: expect.stringContaining('PIPEDREAM_CLIENT_SECRET') },
    { status: 'warning', what: expect.stringContaining('PIPEDREAM_CLIENT_SECRT') },
  ])
})

test('help names the command that a person types', async () => {
  const root = await createRoot()
  expect(await pipedream(root, ['--help'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('npx -y pnpm@10 pipedream'),
    stderr: '',
  })
})
