import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CREDENTIALS, runCli } from '../../../test/run-cli.ts'
import { run } from './run.ts'

test.each([['--help'], ['-h'], ['tokens', '--help'], ['doctor', '-h', '--json']])(
  'help: %s %s',
  async (...args) => {
    const { code, stdout, stderr, requests } = await runCli(args)
    expect([code, stderr, requests]).toEqual([0, '', []])
    for (const word of [
      'tokens',
      'doctor',
      '--reveal',
      'PIPEDREAM_PROJECT_ID',
      'PIPEDREAM_CONNECT_URL',
      'ALLOW_INSECURE',
      'HTTPS_PROXY',
    ]) {
      expect(stdout).toContain(word)
    }
  },
)

test.each([['--version'], ['-v']])('version: %s', async (flag) => {
  expect(await runCli([flag])).toMatchObject({ code: 0, stdout: '1.2.3\n', stderr: '' })
})

test.each([
  [[], 'tokens'],
  [['token'], 'token'],
  [['toString'], 'toString'],
  [['tokens', 'doctor'], 'doctor'],
  [['tokens', '--usr', 'ada'], '--usr'],
  [['tokens', '-x'], '-x'],
  [['tokens', '--user'], '--user'],
  [['tokens', '--user', '--json'], '--user'],
  [['tokens', '--user='], '--user'],
  [['tokens', '--reveal=yes'], '--reveal'],
  [['doctor', '--reveal'], '--reveal'],
  [['doctor', '--app', 'slack'], '--app'],
])('an invalid argument is named in one line: %j', async (args, named) => {
  const { code, stdout, failures, requests } = await runCli(args)
  expect([code, stdout, requests]).toEqual([1, '', []])
  expect(failures).toEqual([expect.stringContaining(named)])
})

describe('settings', () => {
  const fromFile = Object.fromEntries(Object.keys(CREDENTIALS).map((name) => [name, undefined]))
  const file = Object.entries(CREDENTIALS)
    .map(([name, value]) => `${name}="${value}"`)
    .join('\r\n')

  const utf16 = new Uint8Array(Buffer.from(`\uFEFF${file}`, 'utf16le'))
  test.each([
    ['plain', file],
    ['with a byte order mark', `\uFEFF${file}`],
    ['as Windows PowerShell redirects it', utf16],
  ])('are read from .env.local, %s', async (_, file) => {
    expect(await runCli(['doctor'], { env: fromFile, file })).toMatchObject({ code: 0, stderr: '' })
  })

  test('of the environment take precedence', async () => {
    const file = 'PIPEDREAM_PROJECT_ID=proj_other\nTEST_USER_ID=grace'
    const { code, stdout } = await runCli(['tokens'], { file })
    expect(code).toBe(0)
    expect(stdout).toContain('grace')
  })

  test('that are blank in the environment are missing', async () => {
    const file = 'PIPEDREAM_PROJECT_ID=proj_emulator'
    const { failures } = await runCli(['tokens'], { file, env: { PIPEDREAM_PROJECT_ID: ' ' } })
    expect(failures).toEqual([expect.stringContaining('PIPEDREAM_PROJECT_ID')])
  })

  test.each([
    ['a command of PowerShell', '$env:PIPEDREAM_CLIENT_SECRET = "emulator-secret"'],
    ['a command of cmd', 'set PIPEDREAM_CLIENT_SECRET=emulator-secret'],
    ['a NUL', 'PIPEDREAM_CLIENT_SECRET=emulator-secret\0'],
  ])('invalid lines of .env.local are reported with their number: %s', async (_, line) => {
    const options = { file: `TEST_USER_ID=ada\n${line}`, standIn: true }
    const { code, failures, requests } = await runCli(['tokens'], options)
    expect([code, requests]).toEqual([1, []])
    expect(failures).toEqual([expect.stringMatching(/^\.env\.local.*line 2/)])
    const { stdout } = await runCli(['doctor', '--json'], options)
    expect(JSON.parse(stdout).findings[0]).toMatchObject({
      status: 'problem',
      what: expect.stringContaining('line 2'),
    })
    expect(failures.join() + stdout).not.toContain('emulator-secret')
  })

  test('a partly readable .env.local may name a project, so the emulator is not used', async () => {
    const file = '$env:PIPEDREAM_PROJECT_ID = "proj_mine"'
    const { code, failures, requests } = await runCli(['tokens'], {
      env: fromFile,
      file,
      standIn: true,
    })
    expect([code, requests]).toEqual([1, []])
    expect(failures[0]).toContain('line 1')
  })

  test('an unreadable .env.local is reported', async () => {
    const printed: string[] = []
    const code = await run({
      program: 'pipedream-client',
      args: ['tokens'],
      env: CREDENTIALS,
      readFile: () => Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' })),
      fetch: () => Promise.reject(new Error('Nothing should be sent.')),
      git: async () => undefined,
      write: (stream, text) => printed.push(`${stream}: ${text}`),
      now: () => new Date(),
      version: '1.2.3',
    })
    expect(code).toBe(1)
    expect(printed).toEqual([expect.stringMatching(/^stderr: \.env\.local .*EACCES/)])
  })
})

describe('when no project is set', () => {
  const none = Object.fromEntries(Object.keys(CREDENTIALS).map((name) => [name, undefined]))
  // Variables of other programs name no project.
  const env = { ...none, PIPEDREAM_API_KEY: 'x', PIPEDREAM_PORT_80_TCP: 'tcp://10.0.0.1:80' }

  test('the emulator is used, and standard error says so', async () => {
    const { code, stdout, failures } = await runCli(['tokens', '--json'], { env, standIn: true })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ connectToken: { externalUserId: 'demo-user' } })
    expect(failures).toEqual(['A local one is used.'])
    expect(await runCli(['doctor'], { env, standIn: true })).toMatchObject({ code: 0 })
  })

  test('the file may decide how it is reached, because its secret is public', async () => {
    const file = 'ALLOW_INSECURE=on\nHTTP_PROXY=http://proxy.example'
    for (const command of ['tokens', 'doctor']) {
      expect(await runCli([command], { env, file, standIn: true })).toMatchObject({ code: 0 })
    }
  })

  test('without an emulator all settings are missing', async () => {
    const { code, failures } = await runCli(['tokens'], { env })
    expect([code, failures.length]).toEqual([1, 4])
  })

  test.each([
    ['PIPEDREAM_CLIENT_ID', 'emulator-client'],
    ['PIPEDREAM_BASE_URL', 'http://localhost:4010'],
  ])('with only %s, the other settings are missing', async (name, value) => {
    const options = { env: { ...none, [name]: value }, standIn: true }
    const { code, failures, requests } = await runCli(['tokens'], options)
    expect([code, requests]).toEqual([1, []])
    expect(failures.join()).toContain('PIPEDREAM_PROJECT_ID')
  })
})

describe('secrets', () => {
  const secret = fc
    .string({ minLength: 8, maxLength: 40, unit: 'grapheme-ascii' })
    .map((text) => text.trim())
    .filter((text) => text.length >= 8)
  const command = fc.constantFrom(
    ['tokens'],
    ['tokens', '--json'],
    ['tokens', '--reveal'],
    ['tokens', '--json', '--reveal'],
    ['doctor'],
    ['doctor', '--json'],
  )
  const misplaced = fc.subarray([
    'PIPEDREAM_CLIENT_ID',
    'PIPEDREAM_PROJECT_ID',
    'PIPEDREAM_PROJECT_ENVIRONMENT',
    'PIPEDREAM_BASE_URL',
    'PIPEDREAM_CONNECT_TOKEN_SCOPE',
    'TEST_USER_ID',
    'PUBLIC_URL',
    'ALLOWED_ORIGINS',
  ])
  const status = fc.constantFrom(200, 400, 401, 403, 404, 429)
  const situation = fc.record({ secret, command, misplaced, status })

  test('no output contains the client secret, wherever it is pasted and whatever Pipedream echoes', async () => {
    await fc.assert(
      fc.asyncProperty(situation, async ({ secret, command, misplaced, status }) => {
        const pasted = misplaced.map((name) => [
          name,
          /URL|ORIGINS/.test(name) ? `https://${secret}` : secret,
        ])
        const echo = {
          error: secret,
          scope: secret,
          access_token: secret,
          expires_in: 3600,
          token: secret,
          expires_at: '2026-05-22T12:00:00.000Z',
          connect_link_url: `https://pipedream.com/_static/connect.html?token=${secret}`,
          data: [{ id: secret, name: secret }],
          page_info: {},
        }
        const user = command[0] === 'tokens' ? ['--user', `of ${secret}`] : []
        const { stdout, stderr } = await runCli([...command, ...user], {
          env: { PIPEDREAM_CLIENT_SECRET: secret, ...Object.fromEntries(pasted) },
          respond: () => Response.json(echo, { status, headers: { 'retry-after': '60' } }),
        })
        expect(stdout + stderr).not.toBe('')
        expect(stderr).not.toContain('bug')
        expect(stdout).not.toContain(secret)
        expect(stderr).not.toContain(secret)
      }),
      { numRuns: 300 },
    )
  })

  test('invalid arguments are shown without it', async () => {
    for (const args of [
      ['emulator-secret'],
      ['tokens', 'emulator-secret'],
      ['--emulator-secret'],
    ]) {
      const { code, stderr } = await runCli(args)
      expect(code).toBe(1)
      expect(stderr).not.toContain('emulator-secret')
    }
  })

  test('the overridden one is hidden as well', async () => {
    const { stdout, stderr } = await runCli(['tokens', '--user', 'the-old-secret'], {
      file: 'PIPEDREAM_CLIENT_SECRET=the-old-secret',
    })
    expect(stdout).toContain('Connect token')
    expect(stdout + stderr).not.toContain('the-old-secret')
  })

  test('the output cannot control a terminal', async () => {
    const { code, stdout } = await runCli(['tokens', '--user', 'ada\u001B[2J\r\u202Eboo\n'])
    expect(code).toBe(0)
    expect(stdout).toContain('ada')
    for (const sign of ['\u001B', '\r', '\u202E']) expect(stdout).not.toContain(sign)
  })
})
