import type { ComponentContext, OptionsPage, Trigger } from '../component.ts'
import { listSheets, listSpreadsheets, readRows } from '../google-sheets-api.ts'
import { readChoices } from '../read-value.ts'

/** The number of existing rows that are emitted on deployment. */
const HISTORY = 10

/** Emits each row that is added at the end of a spreadsheet. */
export const googleSheetsNewRowAdded: Trigger = {
  type: 'trigger',
  emitter: 'source',
  key: 'google_sheets-new-row-added',
  name: 'New Row Added (Instant)',
  version: '0.0.20',
  description: 'Emits an event each time a row is added to the bottom of a spreadsheet',
  app: 'google_sheets',
  props: [
    { name: 'googleSheets', type: 'app', app: 'google_sheets' },
    {
      name: 'sheetID',
      type: 'string',
      label: 'Spreadsheet',
      description: 'The spreadsheet to watch',
      remoteOptions: true,
      useQuery: true,
    },
    {
      name: 'worksheetIDs',
      type: 'string[]',
      label: 'Worksheets',
      description: 'The worksheets to watch; all by default',
      optional: true,
      remoteOptions: true,
    },
  ],
  options: { sheetID: listSpreadsheets, worksheetIDs: listWorksheets },
  matches(configuredProps, event) {
    const worksheets = readChoices(configuredProps, 'worksheetIDs')
    return (
      readChoices(configuredProps, 'sheetID').includes(readText(event, 'spreadsheetId')) &&
      (worksheets.length === 0 || worksheets.includes(readText(event, 'worksheet')))
    )
  },
  async history(context) {
    const [spreadsheetId = ''] = readChoices(context.configuredProps, 'sheetID')
    const chosen = readChoices(context.configuredProps, 'worksheetIDs')
    const worksheets = chosen.length > 0 ? chosen : await listTitles(context)
    const found: { event: unknown; summary: string }[] = []
    for (const worksheet of worksheets) {
      const rows = await readRows(context, { spreadsheetId, title: worksheet })
      const events = rows.map((row, index) => ({
        event: { row, spreadsheetId, worksheet, rowNumber: index + 1 },
        summary: `New row #${index + 1} in ${worksheet}`,
      }))
      // The first row is the header.
      found.push(...events.slice(1).slice(-HISTORY))
    }
    return found
  },
}

async function listWorksheets(context: ComponentContext): Promise<OptionsPage> {
  const titles = await listTitles(context)
  return { options: titles.map((title) => ({ label: title, value: title })), context: null }
}

async function listTitles(context: ComponentContext): Promise<string[]> {
  const [id] = readChoices(context.configuredProps, 'sheetID')
  return id === undefined ? [] : (await listSheets(context, id)).map(({ title }) => title)
}

function readText(value: unknown, key: string): string {
  if (typeof value !== 'object' || value === null) return ''
  const found: unknown = Reflect.get(value, key)
  return typeof found === 'string' ? found : ''
}
