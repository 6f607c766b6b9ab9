import { spawnSync } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const SCRIPT = join(import.meta.dirname, '../../../scripts/check-folder.mjs')

async function check(name: string, ...args: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'check-folder-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const scripts = join(folder, name, 'scripts')
  await mkdir(scripts, { recursive: true })
  await copyFile(SCRIPT, join(scripts, 'check-folder.mjs'))
  const script = join(scripts, 'check-folder.mjs')
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
  return { status, sentence: stderr.trim() }
}

test.each(['C#', 'a b', '100%', 'a&b', "it's", 'Ünï 日本', 'a;b', '[x]', '$HOME'])(
  'in %s everything builds and starts',
  async (name) => {
    expect(await check(name)).toEqual({ status: 0, sentence: '' })
  },
)

// Windows has no such names.
test.skipIf(process.platform === 'win32').each(['what?', 'a%20b', 'a:b'])(
  'in %s nothing could, which one sentence says in front',
  async (name) => {
    const { status, sentence } = await check(name)
    expect(status).toBe(1)
    expect(sentence).toContain(name)
    expect(sentence.split('\n')).toHaveLength(1)
  },
)

test('the development server does not work in C#, where the build does', async () => {
  expect(await check('C#', 'dev')).toMatchObject({
    status: 1,
    sentence: expect.stringContaining('#'),
  })
})
