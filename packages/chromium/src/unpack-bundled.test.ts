import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, watch } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { unpackBundled } from './unpack-bundled.ts'

const IS_BUNDLED_FOR_HERE = process.platform === 'linux' && process.arch === 'x64'

const parent = mkdtempSync(join(tmpdir(), 'unpack-bundled-'))
const folder = join(parent, 'chromium')
afterEach(() => rm(parent, { recursive: true, force: true }))

const unpackInAnotherProcess = () =>
  spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { unpackBundled } from ${JSON.stringify(import.meta.resolve('./unpack-bundled.ts'))}
     await unpackBundled(${JSON.stringify(folder)})`,
  ])

test.runIf(IS_BUNDLED_FOR_HERE)(
  'an interrupted unpacking leaves nothing that looks like a browser',
  async () => {
    const began = once(watch(parent), 'change')
    const interrupted = unpackInAnotherProcess()
    await began
    interrupted.kill('SIGKILL')
    await once(interrupted, 'exit')
    expect(readdirSync(parent)).not.toContain('chromium')
    const other = once(unpackInAnotherProcess(), 'exit')
    await Promise.all([unpackBundled(folder), other])
    const { stdout } = await promisify(execFile)(join(folder, 'chromium'), ['--version'], {
      env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') },
    })
    expect(stdout).toMatch(/Chrom|Headless/)
  },
)
