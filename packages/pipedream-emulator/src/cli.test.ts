import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from './server/listen.ts'

const CLI = fileURLToPath(new URL('cli.ts', import.meta.url))

function run(...args: string[]): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => (text += String(chunk)))
  }
  return { child, output: () => text }
}

test('prints its URL and its credentials, and stops on a signal', async () => {
  const { child, output } = run('--port', '0')
  await expect.poll(output).toContain('emulator-secret')
  expect(output()).toContain('emulator-client')
  expect(output()).toContain('proj_emulator')
  const url = /http:\/\/localhost:\d+/.exec(output())?.[0] ?? ''
  expect(await fetch(`${url}/v1/connect/apps`)).toMatchObject({ status: 401 })
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('repeated signals make no difference', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'emulator-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const { child, output } = run('--port', '0', '--state', folder)
  await expect.poll(output).toContain('The state is kept in')
  const ended = once(child, 'exit')
  while (child.exitCode === null && child.signalCode === null) {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) child.kill(signal)
    await setImmediate()
  }
  expect(await ended).toEqual([0, null])
  expect(await readFile(join(folder, 'state.json'), 'utf8')).toContain('proj_emulator')
})

test('--seed and --state: starts with the seed alone, and continues with the saved state', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'emulator-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'seed.json')
  await writeFile(file, '{"accounts":[{"externalUserId":"ada","app":"slack","id":"apn_Seed"}]}')
  const args = ['--port', '0', '--seed', file, '--state', join(folder, 'state')]
  const first = run(...args)
  await expect.poll(first.output).toContain('The state is kept in')
  const url = /http:\/\/localhost:\d+/.exec(first.output())?.[0] ?? ''
  const refused = run(...args)
  expect(await once(refused.child, 'close')).toEqual([1, null])
  expect(refused.output()).toContain(join(folder, 'state'))
  const order = (path: string, method: string, body: string) =>
    fetch(`${url}/__emulator${path}`, { method, body })
  await order('/accounts/apn_Seed', 'PATCH', '{"healthy":false,"error":"Gone."}')
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')
  const second = run(...args, '--no-control')
  await expect.poll(second.output).toContain('http://localhost')
  second.child.kill('SIGTERM')
  await once(second.child, 'exit')
  const saved = await readFile(join(folder, 'state', 'state.json'), 'utf8')
  expect(saved).toContain('Gone.')
})

test('--no-control, and an invalid seed', async () => {
  const { output } = run('--port', '0', '--no-control')
  await expect.poll(output).toContain('http://localhost')
  const url = /http:\/\/localhost:\d+/.exec(output())?.[0] ?? ''
  expect(await fetch(`${url}/__emulator/faults`)).toMatchObject({ status: 404 })
  for (const file of ['/nowhere/seed.json', fileURLToPath(import.meta.url)]) {
    const failed = run('--port', '0', '--seed', file)
    expect(await once(failed.child, 'close')).toEqual([1, null])
    expect(failed.output().trim().split('\n')).toHaveLength(1)
  }
})

test('--help lists the options', async () => {
  const { child, output } = run('--help')
  expect(await once(child, 'close')).toEqual([0, null])
  expect(output()).toContain('--port')
})

test('a port in use, an invalid port and an unknown option print one line each', async () => {
  const { url, close } = await listen({ port: 0 })
  onTestFinished(close)
  const { port } = new URL(url)
  for (const args of [
    ['--port', port],
    ['--port', '70000'],
    ['--port', 'abc'],
    ['--prot', '1'],
    ['--inferred', 'missingScope=500'],
    ['--inferred', 'missingScope'],
  ]) {
    const { child, output } = run(...args)
    expect([args, await once(child, 'close')]).toEqual([args, [1, null]])
    expect(output().trim().split('\n')).toHaveLength(1)
  }
})

test('--no-limits removes the limits that Pipedream documents', async () => {
  const { output } = run('--port', '0', '--no-limits')
  await expect.poll(output).toContain('http://localhost')
  const url = /http:\/\/localhost:\d+/.exec(output())?.[0] ?? ''
  const post = (path: string, body: object, headers = {}) =>
    fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  const granted: unknown = await (
    await post('/v1/oauth/token', {
      grant_type: 'client_credentials',
      client_id: 'emulator-client',
      client_secret: 'emulator-secret',
    })
  ).json()
  const { access_token } = Object(granted)
  const statuses = new Set<number>()
  for (let asked = 0; asked <= 100; asked += 1) {
    const headers = { authorization: `Bearer ${access_token}` }
    const path = '/v1/connect/proj_emulator/tokens'
    statuses.add((await post(path, { external_user_id: 'ada' }, headers)).status)
  }
  expect([...statuses]).toEqual([200])
})

test('--host, --public-url and --allow-host: another container and a browser reach it by different names', async () => {
  const place = ['--host', '0.0.0.0', '--public-url', 'https://tunnel.example']
  const { output } = run('--port', '0', ...place, '--allow-host', 'emulator')
  await expect.poll(output).toContain('http://localhost')
  const port = Number(/http:\/\/localhost:(\d+)/.exec(output())?.[1])
  const ask = (host: string) =>
    new Promise((resolve, reject) => {
      const asked = request({
        port,
        host: '127.0.0.1',
        path: '/v1/connect/apps',
        headers: { host },
      })
      asked.on('response', ({ statusCode }) => resolve(statusCode)).on('error', reject)
      asked.end()
    })
  expect(await ask(`emulator:${port}`)).toBe(401)
  expect(await ask('tunnel.example')).toBe(401)
  expect(await ask('evil.example')).toBe(421)
})

test.each([
  ['--host', '203.0.113.7'],
  ['--host', ''],
  ['--allow-host', 'http://emulator'],
  ['--public-url', 'tunnel.example'],
])('%s "%s" is rejected in one line', async (name, value) => {
  const failed = run('--port', '0', name, value)
  expect(await once(failed.child, 'close')).toEqual([1, null])
  expect(failed.output().trim().split('\n')).toHaveLength(1)
})
