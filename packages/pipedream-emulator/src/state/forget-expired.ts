/** Milliseconds: what expired a moment ago is still known, as it is while a page shows it. */
const KEPT_MS = 3_600_000

/**
 * Drops the oldest rows of a table, up to the first that is not long expired, so that a process that runs for weeks does
 * not grow. Rows without an end come from states that older versions saved, and are dropped too.
 */
export function forgetExpired(table: Map<string, { readonly expiresAt?: Date }>, now: Date): void {
  for (const [key, { expiresAt }] of table) {
    if (expiresAt !== undefined && expiresAt.getTime() + KEPT_MS > now.getTime()) return
    table.delete(key)
  }
}
