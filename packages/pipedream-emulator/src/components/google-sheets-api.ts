import type { ComponentContext, OptionsPage, OptionsQuery } from './component.ts'
import { toObject, toObjects } from '../wire/objects.ts'

const SHEETS = 'https://sheets.googleapis.com/v4/spreadsheets'
const FILES = 'https://www.googleapis.com/drive/v3/files'

type ParsedResponse = Record<string, unknown>

/** Calls Google's API. Throws Google's error message. */
async function callGoogle(
  { call }: ComponentContext,
  url: string,
  json?: unknown,
): Promise<ParsedResponse> {
  const headers = { 'content-type': 'application/json' }
  const init = json === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(json) }
  const response = await call(new Request(url, init))
  const body = toObject(await response.json().catch(() => null)) ?? {}
  if (response.ok) return body
  const { message } = toObject(body.error) ?? {}
  throw new Error(
    typeof message === 'string' ? message : `Google Sheets responded with ${response.status}.`,
  )
}

/** Creates a spreadsheet with one empty worksheet. */
export function createSpreadsheet(
  context: ComponentContext,
  title: string,
): Promise<ParsedResponse> {
  return callGoogle(context, SHEETS, { properties: { title } })
}

/** Returns a page of the account's spreadsheets to choose from. Its context leads to the next page. */
export async function listSpreadsheets(
  context: ComponentContext,
  { prevContext, query }: OptionsQuery,
): Promise<OptionsPage> {
  const search = new URLSearchParams({
    q: `mimeType='application/vnd.google-apps.spreadsheet'${query === '' ? '' : ` and name contains '${query.replaceAll(/['\\]/g, String.raw`\$&`)}'`}`,
  })
  if (typeof prevContext.nextPageToken === 'string') {
    search.set('pageToken', prevContext.nextPageToken)
  }
  const { files, nextPageToken } = await callGoogle(context, `${FILES}?${search}`)
  const options = toObjects(files).flatMap(({ id, name }) =>
    typeof id === 'string' ? { label: String(name), value: id } : [],
  )
  return { options, context: typeof nextPageToken === 'string' ? { nextPageToken } : null }
}

/** Returns a spreadsheet's worksheets. */
export async function listSheets(
  context: ComponentContext,
  spreadsheetId: string,
): Promise<{ id: number; title: string }[]> {
  const { sheets } = await callGoogle(context, `${SHEETS}/${encodeURIComponent(spreadsheetId)}`)
  return toObjects(sheets).flatMap((sheet) => {
    const { sheetId, title } = toObject(sheet.properties) ?? {}
    return typeof sheetId === 'number' ? { id: sheetId, title: String(title) } : []
  })
}

interface Range {
  spreadsheetId: string
  /** Title of the worksheet. */
  title: string
  /** Cells in A1 notation; empty for all. */
  cells?: string
}

/** Returns the rows of a range. */
export async function readRows(context: ComponentContext, range: Range): Promise<unknown[][]> {
  const { values } = await callGoogle(context, valuesUrl(range))
  return Array.isArray(values)
    ? values.map((row: unknown): unknown[] => (Array.isArray(row) ? row : []))
    : []
}

/** Adds a row below the last one and returns Google's response. */
export async function appendRow(
  context: ComponentContext,
  range: Range,
  row: string[],
): Promise<ParsedResponse> {
  const query = 'valueInputOption=USER_ENTERED&insertDataOption=INSERT_ROWS'
  const { updates } = await callGoogle(context, `${valuesUrl(range)}:append?${query}`, {
    values: [row],
  })
  return toObject(updates) ?? {}
}

function valuesUrl({ spreadsheetId, title, cells = '' }: Range): string {
  // With quotes, any title is a valid range. A quote inside is doubled.
  const sheet = `'${title.replaceAll("'", "''")}'`
  const range = encodeURIComponent(cells === '' ? sheet : `${sheet}!${cells}`)
  return `${SHEETS}/${encodeURIComponent(spreadsheetId)}/values/${range}`
}
