import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installClient } from './install-client.ts'
import { startSmokeEmulator, type SmokeEmulator } from './start-smoke-emulator.ts'
import { type Runtime, RUNTIMES } from './runtimes.ts'

const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
let emulator: SmokeEmulator

const MISSING = 'It is not installed: npm has it for Linux x64 here.'

beforeAll(async () => {
  installClient(folder, fileURLToPath(new URL('./programs', import.meta.url)))
  emulator = await startSmokeEmulator()
})

afterAll(async () => {
  await emulator.close()
  rmSync(folder, { recursive: true, force: true })
})

describe.for(RUNTIMES)('on $name', (runtime) => {
  test('the built client works', async ({ skip }) => {
    skip(runtime.binary === undefined, MISSING)
    expect(await run(runtime, 'smoke.ts')).toEqual(emulator.expected)
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
  // They inherit no environment, and write only into the temporary folder.
  const env = { HOME: folder, DENO_DIR: join(folder, 'deno'), DENO_NO_UPDATE_CHECK: '1' }
  const limits = { cwd: folder, env, timeout: 50_000 }
  const { stdout } = await promisify(execFile)(runtime.binary ?? '', args, limits)
  return JSON.parse(stdout)
}
