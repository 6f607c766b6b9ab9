/** A worksheet: rows of cells. A change replaces the rows and never alters them. */
export interface Worksheet {
  title: string
  rows: readonly (readonly unknown[])[]
}

/** A spreadsheet of the Google account that was connected. */
export interface Spreadsheet {
  id: string
  /** The connected account whose spreadsheet it is: two accounts never see one another's. */
  accountId: string
  title: string
  /** In their order; there is always one. A change replaces the list. */
  worksheets: readonly Worksheet[]
}

/** A message in a channel of the Slack workspace that was connected. */
export interface Message {
  /** Slack's `ts`, unique in the workspace. */
  ts: string
  accountId: string
  channel: string
  text: string
  /** The message that it answers, null for one of its own. */
  threadTs: string | null
}
