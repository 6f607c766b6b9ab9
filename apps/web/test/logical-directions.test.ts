import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const SOURCE = join(import.meta.dirname, '../src')

// `ms-4` follows the direction in which the language is written; `ml-4` does not.
const PHYSICAL =
  /(?<![\w-])-?(?:(?:[mp]|scroll-[mp])[lr]-|(?:left|right)-|text-(?:left|right)\b|float-(?:left|right)\b|clear-(?:left|right)\b|(?:border|rounded)-(?:[lr]|[tb][lr])\b|space-x-)[\w./[\]-]*/g

test('what is placed by classes follows the direction of the language', async () => {
  const entries = await readdir(SOURCE, { recursive: true })
  const files = entries.filter((name) => name.endsWith('.tsx'))
  const found = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(SOURCE, file), 'utf8')
      return (text.match(PHYSICAL) ?? []).map((name) => `${file}: ${name}`)
    }),
  )
  expect(files).not.toEqual([])
  expect(found.flat()).toEqual([])
})
