import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const SOURCE = join(import.meta.dirname, '../src')

// `ms-4` follows the writing direction of the language; `ml-4` doesn't.
const PHYSICAL =
  /(?<![\w-])-?(?:(?:[mp]|scroll-[mp])[lr]-|(?:left|right)-|text-(?:left|right)\b|float-(?:left|right)\b|clear-(?:left|right)\b|(?:border|rounded)-(?:[lr]|[tb][lr])\b|space-x-)[\w./[\]-]*/g

test('classes that position elements follow the writing direction', async () => {
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
