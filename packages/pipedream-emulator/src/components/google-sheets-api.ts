import type { ComponentContext, OptionsPage, OptionsQuery } from './component.ts'
import { toObject, toObjects } from '../wire/objects.ts'

const SHEETS = 'https://sheets.googleapis.com/v4/spreadsheets'
const FILES = 'https://www.googleapis.com/drive/v3/files'

type Answer = Record<string, unknown>

/** One call to Google; throws what Google says when it refuses. */
async function callGoogle(
  { call }: ComponentContext,
  url: string,
  json?: unknown,
): Promise<Answer> {
  const headers = { 'content-type': 'application/json' }
  const init = json === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(json) }
  const response = await call(new Request(url, init))
  const answer = toObject(await response.json().catch(() => null)) ?? {}
  if (response.ok) return answer
  const { message } = toObject(answer.error) ?? {}
  throw new Error(
    typeof message === 'string' ? message : `Google Sheets answered with ${response.status}.`,
  )
}

/** A new spreadsheet of one empty worksheet. */
export function createSpreadsheet(context: ComponentContext, title: string): Promise<Answer> {
  return callGoogle(context, SHEETS, { properties: { title } })
}

/** The account's spreadsheets to choose from; a page's context leads to the next. */
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

/** A spreadsheet's worksheets. */
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
  /** Cells of it in A1 notation; empty for all. */
  cells?: string
}

/** The rows of a range. */
export async function readRows(context: ComponentContext, range: Range): Promise<unknown[][]> {
  const { values } = await callGoogle(context, valuesUrl(range))
  return Array.isArray(values)
    ? values.map((row: unknown): unknown[] => (Array.isArray(row) ? row : []))
    : []
}

/** Adds a row below the last one, and answers what Google says about it. */
export async function appendRow(
  context: ComponentContext,
  range: Range,
  row: string[],
): Promise<Answer> {
  const query = 'valueInputOption=USER_ENTERED&insertDataOption=INSERT_ROWS'
  const { updates } = await callGoogle(context, `${valuesUrl(range)}:append?${query}`, {
    values: [row],
  })
  return toObject(updates) ?? {}
}

function valuesUrl({ spreadsheetId, title, cells = '' }: Range): string {
  // Quotes make any title a range; one inside is doubled.
  const sheet = `'${title.replaceAll("'", "''")}'`
  const range = encodeURIComponent(cells === '' ? sheet : `${sheet}!${cells}`)
  return `${SHEETS}/${encodeURIComponent(spreadsheetId)}/values/${range}`
}
