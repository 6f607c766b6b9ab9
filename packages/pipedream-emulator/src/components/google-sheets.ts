import type { Action, ComponentContext, ConfigurableProp, OptionsPage } from './component.ts'
import {
  appendRow,
  createSpreadsheet,
  listSpreadsheets,
  listSheets,
  readRows,
} from './google-sheets-api.ts'
import { readFlag, readText, readTexts } from './read-value.ts'

const APP: ConfigurableProp = { name: 'googleSheets', type: 'app', app: 'google_sheets' }
const WORKSHEET: readonly ConfigurableProp[] = [
  APP,
  {
    name: 'sheetId',
    type: 'string',
    label: 'Spreadsheet',
    description: 'The Google spreadsheet',
    remoteOptions: true,
    useQuery: true,
    withLabel: true,
  },
  {
    name: 'worksheetId',
    type: 'string',
    label: 'Worksheet',
    description: 'A worksheet of that spreadsheet',
    remoteOptions: true,
    withLabel: true,
  },
]
const RANGE: ConfigurableProp = {
  name: 'range',
  type: 'string',
  label: 'Range',
  description: 'The A1 notation of the values to retrieve, such as `A1:E5`',
  optional: true,
}
const ROW: readonly ConfigurableProp[] = [
  ...WORKSHEET,
  {
    name: 'hasHeaders',
    type: 'boolean',
    label: 'Does the first row of the sheet have headers?',
    reloadProps: true,
  },
]
const VALUES: ConfigurableProp = {
  name: 'myColumnData',
  type: 'string[]',
  label: 'Values',
  description: 'One value for each cell of the row',
}
const BASE = { type: 'action', app: 'google_sheets', stashUse: null } as const
const OPTIONS = { sheetId: listSpreadsheets, worksheetId: listWorksheets }
const WRITES = {
  title: null,
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: true,
}
const READS = { ...WRITES, readOnlyHint: true, idempotentHint: true }

/**
 * The actions of Google Sheets. Keys, names and props follow Pipedream's public components; details and versions are
 * inferred.
 */
export const GOOGLE_SHEETS_ACTIONS: readonly Action[] = [
  {
    ...BASE,
    key: 'google_sheets-add-single-row',
    name: 'Add Single Row',
    version: '2.1.4',
    description: 'Add a single row of data to Google Sheets',
    props: ROW,
    options: OPTIONS,
    annotations: WRITES,
    reload: listRowProps,
    run: addSingleRow,
  },
  {
    ...BASE,
    key: 'google_sheets-get-values-in-range',
    name: 'Get Values in Range',
    version: '0.1.9',
    description: 'Get all values or values from a range of cells using A1 notation',
    props: [...WORKSHEET, RANGE],
    options: OPTIONS,
    annotations: READS,
    async run(context) {
      const ret = await readRows(context, {
        ...(await findWorksheet(context)),
        cells: readText(context.configuredProps, 'range'),
      })
      return { ret, summary: `Read ${ret.length} rows` }
    },
  },
  {
    ...BASE,
    key: 'google_sheets-create-spreadsheet',
    name: 'Create Spreadsheet',
    version: '0.0.3',
    description: 'Create a blank spreadsheet',
    props: [
      APP,
      {
        name: 'title',
        type: 'string',
        label: 'Title',
        description: 'The title of the new spreadsheet',
      },
    ],
    annotations: WRITES,
    async run(context) {
      const title = readText(context.configuredProps, 'title')
      return { ret: await createSpreadsheet(context, title), summary: `Created "${title}"` }
    },
  },
  {
    ...BASE,
    // Not a component of Pipedream. It demonstrates the file stash.
    key: 'google_sheets-export-csv',
    name: 'Export CSV',
    version: '0.0.1',
    description: 'Write a worksheet to a CSV file in the file stash',
    props: WORKSHEET,
    options: OPTIONS,
    stashUse: 'required',
    annotations: READS,
    run: exportCsv,
  },
]

async function listRowProps(context: ComponentContext): Promise<ConfigurableProp[]> {
  if (context.configuredProps.hasHeaders == null) return [...ROW]
  if (!readFlag(context.configuredProps, 'hasHeaders')) return [...ROW, VALUES]
  const headers = await readHeaders(context)
  if (headers.length === 0) {
    throw new Error('No header row found. Add headers, or turn headers off.')
  }
  const columns = headers.map((header, index) => ({
    name: columnName(index),
    type: 'string',
    label: String(header),
    optional: true,
  }))
  return [...ROW, ...columns]
}

async function addSingleRow(context: ComponentContext): Promise<{ ret: unknown; summary: string }> {
  const { configuredProps, log } = context
  const row = readFlag(configuredProps, 'hasHeaders')
    ? (await readHeaders(context)).map((_, at) => readText(configuredProps, columnName(at)))
    : readTexts(configuredProps, 'myColumnData')
  if (row.every((cell) => cell === '')) {
    throw new Error('The row has no values. The values of columns require dynamic_props_id.')
  }
  const ret = await appendRow(context, await findWorksheet(context), row)
  log(`Added ${row.length} cells`)
  return { ret, summary: `Added 1 row to ${readText(configuredProps, 'sheetId')}` }
}

async function readHeaders(context: ComponentContext): Promise<unknown[]> {
  const [headers = []] = await readRows(context, {
    ...(await findWorksheet(context)),
    cells: '1:1',
  })
  return headers
}

// Empty before a spreadsheet is chosen.
async function listWorksheets(context: ComponentContext): Promise<OptionsPage> {
  const spreadsheetId = readText(context.configuredProps, 'sheetId')
  const sheets = spreadsheetId === '' ? [] : await listSheets(context, spreadsheetId)
  return { options: sheets.map(({ id, title }) => ({ label: title, value: id })), context: null }
}

async function findWorksheet(
  context: ComponentContext,
): Promise<{ spreadsheetId: string; title: string }> {
  const spreadsheetId = readText(context.configuredProps, 'sheetId')
  const worksheet = readText(context.configuredProps, 'worksheetId')
  const sheets = await listSheets(context, spreadsheetId)
  const chosen = sheets.find(({ id }) => String(id) === worksheet)
  if (chosen === undefined) {
    throw new Error(`The spreadsheet has no worksheet with the id "${worksheet}".`)
  }
  return { spreadsheetId, title: chosen.title }
}

function columnName(index: number): string {
  return `col_${String(index).padStart(4, '0')}`
}

async function exportCsv(context: ComponentContext): Promise<{ ret: unknown; summary: string }> {
  const rows = await readRows(context, await findWorksheet(context))
  const lines = rows.map((row) => row.map((cell) => quoteCell(cell)).join(','))
  const bytes = new TextEncoder().encode(lines.map((line) => `${line}\r\n`).join(''))
  const file = context.stash({ name: 'export.csv', bytes })
  return { ret: file, summary: `Exported ${rows.length} rows` }
}

function quoteCell(cell: unknown): string {
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell ?? '').replace(/^""$/, '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
