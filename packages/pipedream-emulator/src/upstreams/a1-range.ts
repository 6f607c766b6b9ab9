/** A part of a worksheet. Rows and columns count from 0. The last ones are included; null means no end. */
export interface CellRange {
  firstRow: number
  lastRow: number | null
  firstColumn: number
  lastColumn: number | null
}

export interface A1Range {
  /** Title of the worksheet; null for the first one. */
  sheet: string | null
  cells: CellRange
}

const EVERYTHING: CellRange = { firstRow: 0, lastRow: null, firstColumn: 0, lastColumn: null }
/** A cell, a column or a row. Google's last column is ZZZ. */
const CORNER = /^\$?([A-Za-z]{1,3})?\$?([1-9]\d{0,6})?$/
const SHEET = /^(?:'((?:[^']|'')+)'|([^'!]+))(?:!(.+))?$/s

/** Parses Google's A1 notation: `Sheet1`, `Sheet1!A1:C3`, `'My sheet'!A:A`, `B2:C`, `2:5`. Null for anything else. */
export function parseA1Range(text: string): A1Range | null {
  const [, quoted, bare, rest] = SHEET.exec(text) ?? []
  const sheet = quoted?.replaceAll("''", "'") ?? bare
  if (sheet === undefined) return null
  if (rest !== undefined) return withCells(sheet, parseCells(rest))
  if (quoted !== undefined) return { sheet, cells: EVERYTHING }
  // Google requires quotes around a title that looks like a cell.
  const cells = parseCells(sheet)
  const isTitle = cells === null || /^[A-Za-z]+$/.test(sheet)
  if (!isTitle) return { sheet: null, cells }
  return sheet.includes(':') ? null : { sheet, cells: EVERYTHING }
}

/** Formats cells of a worksheet in A1 notation, as Google's responses do. */
export function formatA1Range(sheet: string, cells: CellRange): string {
  const title = /^[A-Za-z_]\w*$/.test(sheet) ? sheet : `'${sheet.replaceAll("'", "''")}'`
  const first = formatCorner(cells.firstColumn, cells.firstRow)
  const last = formatCorner(cells.lastColumn, cells.lastRow)
  return `${title}!${first === last ? first : `${first}:${last}`}`
}

function withCells(sheet: string, cells: CellRange | null): A1Range | null {
  return cells === null ? null : { sheet, cells }
}

function parseCells(text: string): CellRange | null {
  const [from, to, ...more] = text.split(':').map(parseCorner)
  if (from == null || to === null || more.length > 0) return null
  const { row, column } = from
  if (to === undefined) {
    const isCell = row !== null && column !== null
    return isCell ? { firstRow: row, lastRow: row, firstColumn: column, lastColumn: column } : null
  }
  // `A1:2` is neither a range of rows nor of columns.
  if (column === null ? to.column !== null : to.column === null) return null
  const [firstRow, lastRow] = inOrder(row, to.row)
  const [firstColumn, lastColumn] = inOrder(column, to.column)
  return { firstRow, lastRow, firstColumn, lastColumn }
}

interface Corner {
  row: number | null
  column: number | null
}

function parseCorner(text: string): Corner | null {
  const [found, letters, digits] = CORNER.exec(text) ?? []
  if (found === undefined || (letters === undefined && digits === undefined)) return null
  return {
    row: digits === undefined ? null : Number(digits) - 1,
    column: letters === undefined ? null : columnNumber(letters.toUpperCase()),
  }
}

function inOrder(from: number | null, to: number | null): [number, number | null] {
  if (from === null || to === null) return [from ?? to ?? 0, null]
  return [Math.min(from, to), Math.max(from, to)]
}

function columnNumber(letters: string): number {
  return (
    Array.from(letters).reduce((sum, letter) => sum * 26 + (letter.codePointAt(0) ?? 0) - 64, 0) - 1
  )
}

function formatCorner(column: number | null, row: number | null): string {
  return (column === null ? '' : columnLetters(column)) + (row === null ? '' : String(row + 1))
}

function columnLetters(column: number): string {
  const last = String.fromCodePoint(65 + (column % 26))
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last
}
