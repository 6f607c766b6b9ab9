/** A worksheet: rows of cells. A change replaces the rows and never mutates them. */
export interface Worksheet {
  title: string
  rows: readonly (readonly unknown[])[]
}

/** A spreadsheet of a connected Google account. */
export interface Spreadsheet {
  id: string
  /** The connected account that owns the spreadsheet. Accounts never see each other's spreadsheets. */
  accountId: string
  title: string
  /** In order, at least one. A change replaces the list. */
  worksheets: readonly Worksheet[]
}

/** A message in a channel of a connected Slack workspace. */
export interface Message {
  /** Slack's `ts`, unique in the workspace. */
  ts: string
  accountId: string
  channel: string
  text: string
  /** The `ts` of the message that this is a reply to; null for none. */
  threadTs: string | null
}
