import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type ListeningEmulator, listen } from 'pipedream-emulator/listen'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installClient } from './install-client.ts'
import { type Runtime, RUNTIMES } from './runtimes.ts'

const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
let emulator: ListeningEmulator
let accountIds: string[]

const MISSING = 'It is not installed: npm has it for Linux x64 here.'

beforeAll(async () => {
  installClient(folder, fileURLToPath(new URL('./programs', import.meta.url)))
  emulator = await listen({ port: 0 })
  const apps = ['google_sheets', 'slack', 'openai', 'slack', 'slack']
  const accounts = apps.map((app) => ({ app, externalUserId: 'ada' }))
  accountIds = emulator.emulator.seed({ accounts }).accountIds
})

afterAll(async () => {
  await emulator.close()
  rmSync(folder, { recursive: true, force: true })
})

describe.for(RUNTIMES)('on $name', (runtime) => {
  test('the built client works', async ({ skip }) => {
    skip(runtime.binary === undefined, MISSING)
    expect(await run(runtime, 'smoke.ts')).toEqual({
      connectToken: true,
      apps: 3,
      accounts: accountIds.toSorted(),
      missing: 'ERR_NOT_FOUND',
      late: 'ERR_ABORTED',
      connectSessionId: '340282366920938463463374607431768211455',
      signedAt: '2026-01-01T00:00:00.000Z',
      forged: 'ERR_BAD_WEBHOOK',
    })
  })

  test('so does its keep-alive transport', async ({ skip }) => {
    skip(runtime.binary === undefined, MISSING)
    expect(await run(runtime, 'many-calls.ts')).toEqual({
      accounts: Array.from({ length: 12 }, () => 1),
      connectToken: 'ctok_',
      missing: 'ERR_NOT_FOUND',
      late: 'ERR_ABORTED',
      closed: 'ERR_NETWORK',
    })
  })
})

async function run(runtime: Runtime, name: string): Promise<unknown> {
  const program = join(folder, name)
  const args = runtime.args({ program, folder, origin: emulator.url })
  // Of this process's environment nothing is passed on, and what they write goes into the folder that is removed.
  const env = { HOME: folder, DENO_DIR: join(folder, 'deno'), DENO_NO_UPDATE_CHECK: '1' }
  const limits = { cwd: folder, env, timeout: 50_000 }
  const { stdout } = await promisify(execFile)(runtime.binary ?? '', args, limits)
  return JSON.parse(stdout)
}
