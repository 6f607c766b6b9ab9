/** Methods of the official SDK without a proof yet. Remove a method when you add its proof. */
export const AWAITED: ReadonlySet<string> = new Set([
  'fileStash.downloadFile',
  'workflows.invoke',
  'workflows.invokeForExternalUser',
])
