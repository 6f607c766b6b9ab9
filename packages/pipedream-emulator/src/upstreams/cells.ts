import type { CellRange } from './a1-range.ts'
import type { Worksheet } from './provider-data.ts'

export type Rows = Worksheet['rows']
type Row = Rows[number]

/** The grid of a new worksheet. Google allows no writes outside of it. */
const GRID = { rows: 1000, columns: 26 }

/** Returns the values in a part of a worksheet, without trailing empty cells and rows, which Google omits. */
export function readCells(rows: Rows, range: CellRange): Rows {
  const lastRow = range.lastRow ?? Number.POSITIVE_INFINITY
  const lastColumn = range.lastColumn ?? Number.POSITIVE_INFINITY
  const picked = rows
    .slice(range.firstRow, lastRow + 1)
    .map((row) => dropEmptyEnd(row.slice(range.firstColumn, lastColumn + 1), isEmpty))
  return dropEmptyEnd(picked, (row) => row.length === 0)
}

/**
 * Returns the rows with these values, starting at the range's first cell. A null leaves its cell unchanged, as Google
 * documents.
 */
export function writeCells(rows: Rows, { firstRow, firstColumn }: CellRange, values: Rows): Rows {
  const length = Math.max(rows.length, firstRow + values.length)
  return Array.from({ length }, (_, index) => {
    const row = rows[index] ?? []
    const written = values[index - firstRow]
    return written === undefined ? row : writeRow(row, firstColumn, written)
  })
}

/** Returns the rows with a part of them cleared. */
export function clearCells(rows: Rows, range: CellRange): Rows {
  const isInside = (row: number, column: number) =>
    row >= range.firstRow &&
    row <= (range.lastRow ?? row) &&
    column >= range.firstColumn &&
    column <= (range.lastColumn ?? column)
  return rows.map((row, y) => row.map((cell, x) => (isInside(y, x) ? '' : cell)))
}

/** Returns the number of rows and columns of the worksheet. */
export function measureGrid(rows: Rows): { rows: number; columns: number } {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0)
  return { rows: Math.max(GRID.rows, rows.length), columns: Math.max(GRID.columns, width) }
}

/** Returns the number of columns of these values. */
export function widthOf(values: Rows): number {
  return values.reduce((most, row) => Math.max(most, row.length), 0)
}

function writeRow(row: Row, firstColumn: number, written: Row): Row {
  const length = Math.max(row.length, firstColumn + written.length)
  return Array.from({ length }, (_, index) => written[index - firstColumn] ?? row[index] ?? '')
}

function dropEmptyEnd<Item>(items: readonly Item[], empty: (item: Item) => boolean): Item[] {
  const last = items.findLastIndex((item) => !empty(item))
  return items.slice(0, last + 1)
}

function isEmpty(cell: unknown): boolean {
  return cell === '' || cell === null || cell === undefined
}
