import { type Context, Hono } from 'hono'
import { notifyTriggers } from '../triggers/notify-triggers.ts'
import { parseJsonObject } from '../wire/read-body.ts'
import { type CellRange, formatA1Range, parseA1Range } from './a1-range.ts'
import { clearCells, measureGrid, readCells, type Rows, widthOf, writeCells } from './cells.ts'
import { googleError } from './google-error.ts'
import type { Spreadsheet, Worksheet } from './provider-data.ts'
import { findSpreadsheet, saveSpreadsheet, withRows } from './spreadsheets.ts'
import type { Upstream, UpstreamCall } from './upstream.ts'
import { randomAlphanumeric } from '../state/random.ts'
import { toObject } from '../wire/objects.ts'

type SheetsContext = Context<{ Bindings: UpstreamCall }>

/** The API at `sheets.googleapis.com`: creates spreadsheets, and reads, writes, appends and clears values. */
export const googleSheets: Upstream = new Hono<{ Bindings: UpstreamCall }>()

googleSheets.post('/v4/spreadsheets', async (c) => {
  const properties = toObject((await readBody(c)).properties)
  const spreadsheet: Spreadsheet = {
    id: randomAlphanumeric(44),
    accountId: c.env.account.id,
    title: typeof properties?.title === 'string' ? properties.title : 'Untitled spreadsheet',
    worksheets: [{ title: 'Sheet1', rows: [] }],
  }
  saveSpreadsheet(c.env, spreadsheet)
  return c.json(formatSpreadsheet(spreadsheet))
})

googleSheets.get('/v4/spreadsheets/:id', (c) => c.json(formatSpreadsheet(requireSpreadsheet(c))))

googleSheets.get('/v4/spreadsheets/:id/values/:range', (c) => {
  const { worksheet, cells } = requireRange(c, c.req.param('range'))
  const raw = c.req.query('valueRenderOption') === 'UNFORMATTED_VALUE'
  const values = readCells(worksheet.rows, cells)
  return c.json({
    range: formatA1Range(worksheet.title, withinGrid(cells, worksheet)),
    majorDimension: 'ROWS',
    ...(values.length > 0 && { values: raw ? values : values.map((row) => row.map(formatCell)) }),
  })
})

googleSheets.put('/v4/spreadsheets/:id/values/:range', async (c) => {
  const { spreadsheet, worksheet, cells } = requireRange(c, c.req.param('range'))
  const values = await readValues(c)
  const written = areaOf(values, cells)
  const grid = measureGrid(worksheet.rows)
  if ((written.lastRow ?? 0) >= grid.rows || (written.lastColumn ?? 0) >= grid.columns) {
    throw googleError(
      400,
      `Range (${formatA1Range(worksheet.title, written)}) exceeds grid limits.`,
    )
  }
  const rows = writeCells(worksheet.rows, cells, values)
  saveSpreadsheet(c.env, withRows(spreadsheet, worksheet.title, rows))
  return c.json(formatUpdate(spreadsheet, { title: worksheet.title, values, written }))
})

googleSheets.post('/v4/spreadsheets/:id/values/:target', async (c) => {
  const [, range, verb] = /^(.*):(append|clear)$/s.exec(c.req.param('target')) ?? []
  if (range === undefined) throw googleError(404, 'Requested entity was not found.')
  return c.json(verb === 'append' ? await append(c, range) : clear(c, range))
})

googleSheets.notFound(() =>
  googleError(404, 'The emulator does not support this method.').getResponse(),
)

async function append(c: SheetsContext, range: string): Promise<object> {
  const { spreadsheet, worksheet } = requireRange(c, range)
  const values = await readValues(c)
  const firstRow = readCells(worksheet.rows, EVERYTHING).length
  const written = areaOf(values, { ...EVERYTHING, firstRow })
  const rows = writeCells(worksheet.rows.slice(0, firstRow), written, values)
  saveSpreadsheet(c.env, withRows(spreadsheet, worksheet.title, rows))
  for (const [index, row] of values.entries()) {
    notifyTriggers(c.env.context, {
      componentKey: 'google_sheets-new-row-added',
      accountId: c.env.account.id,
      event: {
        row,
        spreadsheetId: spreadsheet.id,
        worksheet: worksheet.title,
        rowNumber: firstRow + index + 1,
      },
      summary: `New row #${firstRow + index + 1} in ${worksheet.title}`,
    })
  }
  return {
    spreadsheetId: spreadsheet.id,
    updates: formatUpdate(spreadsheet, { title: worksheet.title, values, written }),
  }
}

function clear(c: SheetsContext, range: string): object {
  const { spreadsheet, worksheet, cells } = requireRange(c, range)
  const rows = clearCells(worksheet.rows, cells)
  saveSpreadsheet(c.env, withRows(spreadsheet, worksheet.title, rows))
  return {
    spreadsheetId: spreadsheet.id,
    clearedRange: formatA1Range(worksheet.title, withinGrid(cells, worksheet)),
  }
}

const EVERYTHING: CellRange = { firstRow: 0, lastRow: null, firstColumn: 0, lastColumn: null }

function requireSpreadsheet(c: SheetsContext): Spreadsheet {
  const spreadsheet = findSpreadsheet(c.env, c.req.param('id') ?? '')
  if (spreadsheet === undefined) throw googleError(404, 'Requested entity was not found.')
  return spreadsheet
}

interface Range {
  spreadsheet: Spreadsheet
  worksheet: Worksheet
  cells: CellRange
}

function requireRange(c: SheetsContext, text: string): Range {
  const spreadsheet = requireSpreadsheet(c)
  const range = parseA1Range(text)
  const worksheet = spreadsheet.worksheets.find(
    ({ title }, index) =>
      range !== null && (range.sheet === null ? index === 0 : title === range.sheet),
  )
  if (range === null || worksheet === undefined) {
    throw googleError(400, `Unable to parse range: ${text}`)
  }
  return { spreadsheet, worksheet, cells: range.cells }
}

async function readBody(c: SheetsContext): Promise<Record<string, unknown>> {
  const body = parseJsonObject(await c.req.text())
  if (body === null) throw googleError(400, 'Invalid JSON payload received.')
  return body
}

async function readValues(c: SheetsContext): Promise<Rows> {
  const option = c.req.query('valueInputOption')
  if (option !== 'RAW' && option !== 'USER_ENTERED') {
    throw googleError(400, "'valueInputOption' is required but not specified")
  }
  const { values } = await readBody(c)
  if (!Array.isArray(values)) throw googleError(400, "Invalid value at 'data.values'")
  return values.map((row: unknown) => {
    if (!Array.isArray(row) || !row.every(isScalar)) {
      throw googleError(400, "Invalid value at 'data.values': rows must be arrays of plain values")
    }
    return row
  })
}

function isScalar(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

function areaOf(values: Rows, { firstRow, firstColumn }: CellRange): CellRange {
  return {
    firstRow,
    firstColumn,
    lastRow: firstRow + Math.max(values.length, 1) - 1,
    lastColumn: firstColumn + Math.max(widthOf(values), 1) - 1,
  }
}

function withinGrid(cells: CellRange, worksheet: Worksheet): CellRange {
  const grid = measureGrid(worksheet.rows)
  return {
    ...cells,
    lastRow: Math.min(cells.lastRow ?? grid.rows - 1, grid.rows - 1),
    lastColumn: Math.min(cells.lastColumn ?? grid.columns - 1, grid.columns - 1),
  }
}

interface Update {
  title: string
  values: Rows
  written: CellRange
}

function formatUpdate({ id }: Spreadsheet, { title, values, written }: Update): object {
  return {
    spreadsheetId: id,
    updatedRange: formatA1Range(title, written),
    updatedRows: values.length,
    updatedColumns: widthOf(values),
    updatedCells: values.reduce((sum, row) => sum + row.length, 0),
  }
}

function formatSpreadsheet({ id, title, worksheets }: Spreadsheet): object {
  return {
    spreadsheetId: id,
    properties: { title, locale: 'en_US', timeZone: 'Etc/UTC' },
    sheets: worksheets.map((worksheet, index) => {
      const grid = measureGrid(worksheet.rows)
      return {
        properties: {
          sheetId: index,
          title: worksheet.title,
          index,
          sheetType: 'GRID',
          gridProperties: { rowCount: grid.rows, columnCount: grid.columns },
        },
      }
    }),
    spreadsheetUrl: `https://docs.google.com/spreadsheets/d/${id}/edit`,
  }
}

// A cell is formatted as a string unless the request asks for the raw value.
function formatCell(cell: unknown): string {
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  return typeof cell === 'string' || typeof cell === 'number' ? `${cell}` : ''
}
