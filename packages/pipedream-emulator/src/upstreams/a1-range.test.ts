import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatA1Range, parseA1Range } from './a1-range.ts'

const ends = (most: number) => fc.tuple(fc.nat(most), fc.nat(most))

type Bounds = readonly [
  firstRow: number,
  firstColumn: number,
  lastRow: number | null,
  lastColumn: number | null,
]

const cells = ([firstRow, firstColumn, lastRow, lastColumn]: Bounds) => ({
  firstRow,
  firstColumn,
  lastRow,
  lastColumn,
})

test.each([
  ['Sheet1', 'Sheet1', [0, 0, null, null]],
  ['Contacts', 'Contacts', [0, 0, null, null]],
  ['abc', 'abc', [0, 0, null, null]],
  ["'My sheet'", 'My sheet', [0, 0, null, null]],
  ["'It''s'!B2", "It's", [1, 1, 1, 1]],
  ["'A!B'!A1:A2", 'A!B', [0, 0, 1, 0]],
  ['Sheet1!A1:C3', 'Sheet1', [0, 0, 2, 2]],
  ['Sheet1!C3:A1', 'Sheet1', [0, 0, 2, 2]],
  ['Sheet1!$A$1:$C$3', 'Sheet1', [0, 0, 2, 2]],
  ["'My sheet'!A:A", 'My sheet', [0, 0, null, 0]],
  ['Sheet1!B2:C', 'Sheet1', [1, 1, null, 2]],
  ['Sheet1!2:5', 'Sheet1', [1, 0, 4, null]],
  ['a1', null, [0, 0, 0, 0]],
  ['AA10:AB11', null, [9, 26, 10, 27]],
  ['ZZZ1', null, [0, 18_277, 0, 18_277]],
] satisfies [string, string | null, Bounds][])('%s is read', (text, sheet, bounds) => {
  expect(parseA1Range(text)).toEqual({ sheet, cells: cells(bounds) })
})

test.each([
  '',
  '!',
  '!A1',
  'Sheet1!',
  "'open!A1",
  "''!A1",
  'Sheet1!A0',
  'Sheet1!A',
  'Sheet1!A1:B2:C3',
  'Sheet1!A1:2',
  'Sheet1!AAAA1',
  'Sheet1!A1!B2',
  'one:two:three',
])('"%s" is not a range', (text) => {
  expect(parseA1Range(text)).toBeNull()
})

test('whatever is formatted can be parsed', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }),
      ends(999_999),
      ends(18_277),
      (sheet, rows, columns) => {
        const range = cells([
          Math.min(...rows),
          Math.min(...columns),
          Math.max(...rows),
          Math.max(...columns),
        ])
        expect(parseA1Range(formatA1Range(sheet, range))).toEqual({ sheet, cells: range })
      },
    ),
  )
})

test('every string is a range or rejected', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => parseA1Range(text)).not.toThrow()
    }),
  )
})
