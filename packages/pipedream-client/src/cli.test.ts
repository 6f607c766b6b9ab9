import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listen } from 'pipedream-emulator/listen'
import { expect, onTestFinished, test } from 'vitest'
import { CREDENTIALS } from '../test/run-cli.ts'

const CLI = fileURLToPath(new URL('cli.ts', import.meta.url))

/** An empty folder, a local Pipedream, and the settings that select it. */
async function prepare() {
  const folder = await mkdtemp(join(tmpdir(), 'pipedream-cli-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const { url, close } = await listen({ port: 0 })
  onTestFinished(close)
  const settings: Record<string, string> = { ...CREDENTIALS, PIPEDREAM_BASE_URL: url }
  return { folder, settings }
}

interface Running {
  folder: string
  env?: Record<string, string>
}

// With the compiled sources, a start takes half the CPU time.
const { NODE_COMPILE_CACHE } = process.env

/** Runs the program like a shell, with only these settings in its environment. */
async function start(args: readonly string[], { folder, env = {} }: Running) {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: { NODE_COMPILE_CACHE, ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const printed = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => (printed[stream] += text))
  }
  const [code]: unknown[] = await once(child, 'close')
  return { code, ...printed }
}

test('tokens works with only a .env.local in the current folder', async () => {
  const { folder, settings } = await prepare()
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  await writeFile(join(folder, '.env.local'), lines.join('\n'))
  const { code, stdout, stderr } = await start(['tokens', '--json', '--user', 'ada'], { folder })
  expect([code, stderr]).toEqual([0, ''])
  expect(JSON.parse(stdout)).toMatchObject({
    connectToken: { externalUserId: 'ada', projectEnvironment: 'development' },
    masked: true,
  })
})

test('in a folder of someone else, the secret of the environment is not sent to the URL in its .env.local', async () => {
  const { folder, settings } = await prepare()
  const asked: (string | undefined)[] = []
  const thief = createServer((request, response) => {
    asked.push(request.url)
    response.end('{}')
  })
  await once(thief.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void thief.close())
  const address = thief.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const { PIPEDREAM_BASE_URL: _, ...env } = settings
  for (const url of [`http://127.0.0.1:${port}`, `http://localhost:${port}/pipedream`]) {
    await writeFile(join(folder, '.env.local'), `PIPEDREAM_BASE_URL=${url}\n`)
    expect(await start(['tokens'], { folder, env })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^PIPEDREAM_BASE_URL is in \.env\.local.*\n$/),
    })
    expect(await start(['doctor'], { folder, env })).toMatchObject({ code: 1 })
  }
  expect(asked).toEqual([])
})

test.each(['HTTP_PROXY', 'http_proxy', 'https_proxy', 'NO_PROXY'])(
  'in a folder of someone else, the secret of the environment is not sent through the %s in its .env.local',
  async (name) => {
    const { folder, settings } = await prepare()
    const asked: (string | undefined)[] = []
    const thief = createServer((request, response) => {
      asked.push(request.url)
      response.end('{}')
    })
    await once(thief.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void thief.close())
    const address = thief.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const env = {
      ...settings,
      PIPEDREAM_BASE_URL: 'http://pipedream.invalid',
      ALLOW_INSECURE: 'on',
    }
    await writeFile(join(folder, '.env.local'), `${name}=http://127.0.0.1:${port}\n`)
    expect(await start(['tokens'], { folder, env })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(new RegExp(`^${name} is in \\.env\\.local.*\\n$`)),
    })
    expect(await start(['doctor'], { folder, env })).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Not checked: fix the configuration first.'),
    })
    expect(asked).toEqual([])
  },
)

test('variables of the file that have no effect are not refused', async () => {
  const { folder, settings } = await prepare()
  const ignored = [
    'ALL_PROXY=http://127.0.0.1:9',
    'NODE_EXTRA_CA_CERTS=/no/such/file.pem',
    'NODE_TLS_REJECT_UNAUTHORIZED=0',
    'NODE_USE_ENV_PROXY=1',
  ]
  await writeFile(join(folder, '.env.local'), ignored.join('\n'))
  expect(await start(['doctor'], { folder, env: settings })).toMatchObject({ code: 0, stderr: '' })
})

test('doctor works with only the environment, and checks the clock', async () => {
  const { folder, settings } = await prepare()
  const date = new Date(Date.now() - 3_600_000).toUTCString()
  const late = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', date })
    response.end('{"access_token":"access-1","expires_in":3600,"data":[],"page_info":{}}')
  })
  await once(late.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void late.close())
  const address = late.address()
  const port = typeof address === 'object' ? address?.port : undefined

  const well = await start(['doctor'], { folder, env: settings })
  expect(well).toMatchObject({ code: 0, stderr: '' })
  const env = { ...settings, PIPEDREAM_BASE_URL: `http://127.0.0.1:${port}` }
  const { code, stdout } = await start(['doctor'], { folder, env })
  expect(code).toBe(1)
  expect(stdout).toMatch(/^problem +clock .* 36\d\d s/m)
})

test('what rejects the connection, and a proxy that is not a URL, are reported as such', async () => {
  const { folder, settings } = await prepare()
  const gone = await listen({ port: 0 })
  await gone.close()
  const refused = { ...settings, PIPEDREAM_BASE_URL: gone.url }
  expect(await start(['doctor'], { folder, env: refused })).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^problem +reachability .*refused/m),
  })
  const env = { ...settings, HTTP_PROXY: 'socks5://localhost:1080' }
  expect(await start(['tokens'], { folder, env })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^HTTP_PROXY .*\n$/),
  })
  const inFile = { ...settings, HTTP_PROXY: 'socks5://localhost:1080' }
  const lines = Object.entries(inFile).map(([name, value]) => `${name}=${value}`)
  await writeFile(join(folder, '.env.local'), lines.join('\n'))
  expect(await start(['tokens'], { folder })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^HTTP_PROXY .*\n$/),
  })
})

test('a failure is one line on standard error, and the exit code is 1', async () => {
  const { folder, settings } = await prepare()
  const unknown = await start(['tokens', '--usr', 'ada'], { folder, env: settings })
  expect(unknown).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^.+\n$/) })
  await mkdir(join(folder, '.env.local'))
  const unreadable = await start(['tokens'], { folder, env: settings })
  expect(unreadable).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^\.env\.local .+\n$/),
  })
})

const hasGit = spawnSync('git', ['--version']).status === 0

test.skipIf(!hasGit)('doctor checks with git that .env.local is ignored', async () => {
  const { folder, settings } = await prepare()
  // PATH is for git. The user's own git settings and other repositories must not matter.
  const git = { PATH: process.env.PATH ?? '', HOME: folder, GIT_CEILING_DIRECTORIES: folder }
  const env = { ...settings, ...git }
  const doctor = () => start(['doctor'], { folder, env })
  await writeFile(join(folder, '.env.local'), 'TEST_USER_ID=ada\n')
  expect((await doctor()).stdout).not.toContain('git')
  execFileSync('git', ['init', '--quiet'], { cwd: folder, env })
  expect((await doctor()).stdout).toMatch(/^warning +git .*ignore/m)
  await writeFile(join(folder, '.gitignore'), '.env.local\n')
  expect((await doctor()).stdout).toMatch(/^ok +git /m)
  execFileSync('git', ['add', '--force', '.env.local'], { cwd: folder, env })
  expect(await doctor()).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^warning +git .*tracks/m),
  })
})

test.skipIf(!hasGit)(
  'doctor runs no program that the git settings of the folder name',
  async () => {
    const { folder, settings } = await prepare()
    const git = { PATH: process.env.PATH ?? '', HOME: folder, GIT_CEILING_DIRECTORIES: folder }
    const env = { ...settings, ...git }
    await writeFile(join(folder, '.env.local'), 'TEST_USER_ID=ada\n')
    for (const args of [
      ['init', '--quiet'],
      ['add', '.env.local'],
      ['config', 'core.fsmonitor', 'git config --local ran.secret $PIPEDREAM_CLIENT_SECRET; false'],
    ]) {
      execFileSync('git', args, { cwd: folder, env })
    }
    expect((await start(['doctor'], { folder, env })).stdout).toMatch(/^warning +git .*tracks/m)
    expect(await readFile(join(folder, '.git/config'), 'utf8')).not.toContain('emulator-secret')
  },
)

test('a reader that closes the pipe is not a failure', async () => {
  const { folder } = await prepare()
  const child = spawn(process.execPath, [CLI, '--help'], {
    cwd: folder,
    env: { NODE_COMPILE_CACHE },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdout.destroy()
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code]: unknown[] = await once(child, 'close')
  expect([code, stderr]).toEqual([0, ''])
})

test('--version is the package’s', async () => {
  const { folder } = await prepare()
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  const { code, stdout } = await start(['--version'], { folder })
  expect([code, stdout]).toEqual([0, `${JSON.parse(manifest).version}\n`])
})
