import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')
const WEB = join(ROOT, 'apps/web')
const CLIENT = 'packages/pipedream-client'
const NOT_COPIED = new Set(['node_modules', 'dist', '.reports'])

/** Copies the web app and the client to a folder of this name, with links to their dependencies. */
async function copyTo(name: string): Promise<string> {
  const temporary = await mkdtemp(join(tmpdir(), 'odd-folder-'))
  onTestFinished(() => rm(temporary, { recursive: true, force: true }))
  const root = join(temporary, name)
  for (const folder of ['apps/web', CLIENT]) {
    await cp(join(ROOT, folder), join(root, folder), {
      recursive: true,
      filter: (path) => !NOT_COPIED.has(basename(path)),
    })
    const installed = await readdir(join(ROOT, folder, 'node_modules'))
    await mkdir(join(root, folder, 'node_modules'))
    for (const name of installed.filter((one) => !one.startsWith('.'))) {
      const real = await realpath(join(ROOT, folder, 'node_modules', name))
      const target = name === 'pipedream-client' ? join(root, CLIENT) : real
      await symlink(target, join(root, folder, 'node_modules', name), 'junction')
    }
  }
  await cp(join(ROOT, 'tsconfig.base.json'), join(root, 'tsconfig.base.json'))
  return join(root, 'apps/web')
}

test.each(['C#', "a % b & c's Ünï"])('the app builds in a folder named %s', async (name) => {
  const web = await copyTo(name)
  const vite = join(WEB, 'node_modules/vite/bin/vite.js')
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel=warn'], { cwd: web })
  const documents: unknown = JSON.parse(await readFile(join(web, 'dist/documents.json'), 'utf8'))
  expect(Object.keys(Object(documents)).length).toBeGreaterThan(5)
  expect(await readdir(join(web, 'dist'))).toContain('index.html')
})
