import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { differenceRows, gapRows } from './differences.ts'

test("the README's tables are the differences and gaps of the cases", () => {
  const expected = [...differenceRows(), ...gapRows()]
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const [, tables = ''] = readme.split('## Deliberate differences')
  expect(rowsOf(tables)).toEqual(expected)
})

/** Returns the cells of all tables without their header rows and padding. */
function rowsOf(markdown: string): string[][] {
  const tables = markdown.match(/(?:^\|.*\n)+/gm) ?? []
  return tables.flatMap((table) => table.trim().split('\n').slice(2).map(cellsOf))
}

function cellsOf(row: string): string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}
