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

const ROOT = join(import.meta.dirname, '../../..')

/** A root folder of the test's own, with the script of the real one and this `.env.local`. */
async function createRoot(settings?: string) {
  const root = await mkdtemp(join(tmpdir(), 'root-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  await mkdir(join(root, 'scripts'))
  await cp(join(ROOT, 'scripts/pipedream.ts'), join(root, 'scripts/pipedream.ts'))
  await writeFile(join(root, 'package.json'), '{"type":"module"}')
  await symlink(join(ROOT, 'packages'), join(root, 'packages'), 'junction')
  if (settings !== undefined) await writeFile(join(root, '.env.local'), settings)
  return root
}

/** Runs it from another folder, with nothing in the environment but this. */
async function pipedream(root: string, args: string[], env: Record<string, string> = {}) {
  const script = join(root, 'scripts/pipedream.ts')
  const child = spawn(process.execPath, [script, ...args], { cwd: tmpdir(), env })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ])
  return { code, stdout, stderr }
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

test('while none runs, what it makes is good for the one that `start` runs afterwards', async () => {
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

test('help names the command that a person types', async () => {
  const root = await createRoot()
  expect(await pipedream(root, ['--help'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('npx -y pnpm@10 pipedream'),
    stderr: '',
  })
})
