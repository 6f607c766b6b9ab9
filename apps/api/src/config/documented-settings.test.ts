import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const SOURCES = [
  'read-config.ts',
  'pipedream-config.ts',
  'auth-config.ts',
  'database-config.ts',
  'operator-config.ts',
  'limit-settings.ts',
]
const DOCUMENT = join(import.meta.dirname, '../../../../docs/configuration.md')

/** The names that the schemas of the settings read: a property a line. */
async function namesRead(): Promise<string[]> {
  const texts = await Promise.all(
    SOURCES.map((file) => readFile(join(import.meta.dirname, file), 'utf8')),
  )
  return texts.flatMap((text) =>
    [...text.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name = '']) => name),
  )
}

/** The names in the first column of the document's tables. */
async function namesDocumented(): Promise<string[]> {
  const text = await readFile(DOCUMENT, 'utf8')
  return [...text.matchAll(/^\| `[^|]+/gm)].flatMap(([cell]) =>
    [...cell.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name = '']) => name),
  )
}

test('every setting that is read is documented, once, and every documented one is read', async () => {
  const read = await namesRead()
  expect(read.length).toBeGreaterThan(30)
  expect((await namesDocumented()).toSorted()).toEqual(read.toSorted())
})
