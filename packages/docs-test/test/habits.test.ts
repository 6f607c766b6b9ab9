import { expect, test } from 'vitest'
import { type Document, readDocuments } from '../src/read-documents.ts'

const documents = readDocuments()
const decisions = documents.filter(({ path }) => /^docs\/decisions\/\d/.test(path))
const index = documents.find(({ path }) => path === 'docs/decisions/README.md')

const LONGEST_CELL = 119

/** The cells of all tables that are too long to read, each with its line. */
function longCells({ path, text }: Document): string[] {
  return text.split('\n').flatMap((line, at) =>
    (line.startsWith('|') ? line.split(/(?<!\\)\|/) : [])
      .map((cell) => cell.trim())
      .filter((cell) => cell.length > LONGEST_CELL && !/^[:-]+$/.test(cell))
      .map((cell) => `${path}:${at + 1}: ${cell}`),
  )
}

test.each(documents)('longer text is a paragraph, not a table cell: $path', (document) => {
  expect(longCells(document)).toEqual([])
})

test.each(decisions)('$path has a number, a date, a status and alternatives', ({ path, text }) => {
  const number = Number(/\/(\d{4})-/.exec(path)?.[1])
  expect(text).toMatch(
    new RegExp(
      String.raw`^# ${number}\. .+\n\n- Date: \d{4}-\d\d-\d\d.*\n- Status: (?:proposed|accepted|superseded by .+)\n`,
    ),
  )
  expect(text).toMatch(/^## Alternatives$/m)
})

test.each(decisions)('the index lists $path with its title', ({ path, text }) => {
  const [, number, title] = /^# (\d+)\. (.+)/.exec(text) ?? []
  const row = index?.text.split('\n').find((line) => line.startsWith(`| [${number}](`))
  expect(row).toContain(`](${path.replace('docs/decisions/', '')})`)
  expect(row).toContain(title)
})
