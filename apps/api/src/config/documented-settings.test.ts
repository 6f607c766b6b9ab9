import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const DOCUMENT = join(import.meta.dirname, '../../../../docs/configuration.md')

/** The names of the settings in the schemas, one property per line. Other types may repeat them. */
async function namesRead(): Promise<string[]> {
  const files = await readdir(import.meta.dirname)
  const schemas = await Promise.all(
    files
      .filter((file) => !file.endsWith('.test.ts'))
      .map((file) => readFile(join(import.meta.dirname, file), 'utf8')),
  )
  const names = schemas.flatMap((text) =>
    [...text.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name = '']) => name),
  )
  return [...new Set(names)]
}

/** The names in the first column of the document's tables. */
async function namesDocumented(): Promise<string[]> {
  const text = await readFile(DOCUMENT, 'utf8')
  return [...text.matchAll(/^\| `[^|]+/gm)].flatMap(([cell]) =>
    [...cell.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name = '']) => name),
  )
}

test('the settings in the code and in the documentation are the same, each documented once', async () => {
  const read = await namesRead()
  expect(read.length).toBeGreaterThan(30)
  expect((await namesDocumented()).toSorted()).toEqual(read.toSorted())
})
