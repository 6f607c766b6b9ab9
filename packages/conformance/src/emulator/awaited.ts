/** Methods of the official SDK that nothing is shown of yet. Showing something of one takes it off this list. */
export const AWAITED: ReadonlySet<string> = new Set([
  'fileStash.downloadFile',
  'workflows.invoke',
  'workflows.invokeForExternalUser',
])
