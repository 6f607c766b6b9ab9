import { chmod, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findNode, isNewEnough } from './find-node.mjs'

const PACKAGE = `node-${process.platform}-${process.arch}`

const read = (name: string) => readFile(join(import.meta.dirname, 'pinned-node', name), 'utf8')

/** A folder of a pinned Node, whose binary is what `make` puts at that path. */
async function pinned(make: (path: string) => Promise<void>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pinned-node-'))
  const bin = join(folder, 'node_modules', PACKAGE, 'bin')
  await mkdir(bin, { recursive: true })
  await make(join(bin, 'node'))
  return folder
}

test.each([
  ['18.20.0', false],
  ['20.19.0', false],
  ['20.20.2', false],
  ['22.18.0', false],
  ['22.19.0', true],
  ['23.5.0', false],
  ['23.6.0', true],
  ['24.0.0', true],
  ['26.12.1', true],
  ['27.0.0-nightly', true],
])('Node %s is new enough: %s', (version, isEnough) => {
  expect(isNewEnough(version)).toBe(isEnough)
})

test('a Node that is new enough runs the project itself', () => {
  expect(findNode('22.19.0', '/nowhere')).toBe(process.execPath)
})

test('an old Node leaves it to the pinned one', async () => {
  const folder = await pinned((path) => symlink(process.execPath, path))
  expect(findNode('20.20.2', folder)).toBe(join(folder, 'node_modules', PACKAGE, 'bin/node'))
})

test.each([
  ['that cannot be executed', 'not a program'],
  ['whose loader is missing', '#!/lib/ld-of-another-libc\n'],
  ['that is too old itself', '#!/bin/sh\necho 20.20.2\n'],
])('a pinned Node %s is one sentence with the next step', async (_what, content) => {
  const folder = await pinned(async (path) => {
    await writeFile(path, content)
    await chmod(path, 0o755)
  })
  expect(() => findNode('20.20.2', folder)).toThrow(/^Node 20\.20\.2 .*Install Node 24 or newer/)
})

test('each pinned Node is new enough, and its hash is in the lockfile', async () => {
  const { optionalDependencies } = JSON.parse(await read('package.json'))
  const lockfile = await read('pnpm-lock.yaml')
  for (const [name, version] of Object.entries<string>(optionalDependencies)) {
    expect(isNewEnough(version)).toBe(true)
    expect(lockfile).toMatch(new RegExp(`${name}@${version}:\n +resolution: \\{integrity: sha512-`))
  }
})
