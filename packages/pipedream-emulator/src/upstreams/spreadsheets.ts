import type { Spreadsheet, Worksheet } from './provider-data.ts'
import type { UpstreamCall } from './upstream.ts'

/** Returns the account's spreadsheets: "Contacts", which every account starts with, and those created later. */
export function listSpreadsheets({ context, account }: UpstreamCall): Spreadsheet[] {
  const contacts = newContacts(account.id)
  const kept = [...context.store.spreadsheets.values()].filter(
    ({ accountId }) => accountId === account.id,
  )
  return kept.some(({ id }) => id === contacts.id) ? kept : [contacts, ...kept]
}

export function findSpreadsheet(call: UpstreamCall, id: string): Spreadsheet | undefined {
  return listSpreadsheets(call).find((spreadsheet) => spreadsheet.id === id)
}

export function saveSpreadsheet({ context }: UpstreamCall, spreadsheet: Spreadsheet): void {
  context.store.spreadsheets.set(`${spreadsheet.accountId} ${spreadsheet.id}`, spreadsheet)
}

/** Returns the spreadsheet with the rows of one worksheet replaced. */
export function withRows(
  spreadsheet: Spreadsheet,
  title: string,
  rows: Worksheet['rows'],
): Spreadsheet {
  const worksheets = spreadsheet.worksheets.map((worksheet) =>
    worksheet.title === title ? { title, rows } : worksheet,
  )
  return { ...spreadsheet, worksheets }
}

// The id is derived from the account's, so that reading writes nothing.
function newContacts(accountId: string): Spreadsheet {
  return {
    id: `contacts-${accountId}`,
    accountId,
    title: 'Contacts',
    worksheets: [{ title: 'Sheet1', rows: [['Name', 'Email', 'Phone']] }],
  }
}
