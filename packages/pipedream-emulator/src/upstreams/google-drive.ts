import { Hono } from 'hono'
import { googleError } from './google-error.ts'
import { listSpreadsheets } from './spreadsheets.ts'
import type { Upstream, UpstreamCall } from './upstream.ts'

const MIME_TYPE = 'application/vnd.google-apps.spreadsheet'
/** One condition of a search, and the rest of the query. */
const CONDITION =
  /^\s*(name contains|name =|mimeType =|trashed =)\s*('(?:[^'\\]|\\.)*'|true|false)\s*(?:and\b|$)/

/** The API at `www.googleapis.com/drive/v3/files`: the account's spreadsheets, by name and in pages. */
export const googleDrive: Upstream = new Hono<{ Bindings: UpstreamCall }>()

googleDrive.get('/drive/v3/files', (c) => {
  const matches = parseSearch(c.req.query('q') ?? '')
  const found = listSpreadsheets(c.env).filter(({ title }) => matches(title))
  const start = readStart(c.req.query('pageToken'))
  const size = readSize(c.req.query('pageSize'))
  const files = found
    .slice(start, start + size)
    .map(({ id, title }) => ({ kind: 'drive#file', mimeType: MIME_TYPE, id, name: title }))
  const end = start + files.length
  return c.json({
    kind: 'drive#fileList',
    incompleteSearch: false,
    files,
    ...(end < found.length && { nextPageToken: `emulator-${end}` }),
  })
})

googleDrive.notFound(() =>
  googleError(404, 'The emulator does not support this method.').getResponse(),
)

/** Parses what a search requires of a file's name. All files here are spreadsheets outside the trash. */
function parseSearch(text: string): (name: string) => boolean {
  const conditions: ((name: string) => boolean)[] = []
  let rest = text.replaceAll(/\s*=\s*/g, ' = ')
  while (rest.trim() !== '') {
    const [whole, term, quoted = ''] = CONDITION.exec(rest) ?? []
    if (whole === undefined || term === undefined) throw googleError(400, 'Invalid Value')
    conditions.push(conditionOf(term, quoted.replaceAll(/^'|'$/g, '').replaceAll(/\\(.)/g, '$1')))
    rest = rest.slice(whole.length)
  }
  return (name) => conditions.every((condition) => condition(name))
}

function conditionOf(term: string, value: string): (name: string) => boolean {
  if (term === 'name contains') return (name) => name.toLowerCase().includes(value.toLowerCase())
  if (term === 'name =') return (name) => name === value
  const holds = term === 'mimeType =' ? value === MIME_TYPE : value === 'false'
  return () => holds
}

function readStart(pageToken = 'emulator-0'): number {
  const [, digits] = /^emulator-(\d{1,9})$/.exec(pageToken) ?? []
  if (digits === undefined) throw googleError(400, 'Invalid Value')
  return Number(digits)
}

function readSize(pageSize = '100'): number {
  if (!/^[1-9]\d{0,3}$/.test(pageSize) || Number(pageSize) > 1000) {
    throw googleError(400, 'Invalid value for pageSize. Values must be within the range: [1, 1000]')
  }
  return Number(pageSize)
}
