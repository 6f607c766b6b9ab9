/** In milliseconds. Rows that expired recently are kept, because a page may still show them. */
const RETENTION_MS = 3_600_000

/**
 * Deletes the expired rows of a table, so that memory stays bounded in a process that runs for weeks. It stops at the
 * first row that is still needed: rows are in the order of their creation. Rows without an expiry come from a state
 * that an older version saved, and are deleted too.
 */
export function deleteExpired(table: Map<string, { readonly expiresAt?: Date }>, now: Date): void {
  for (const [key, { expiresAt }] of table) {
    if (expiresAt !== undefined && expiresAt.getTime() + RETENTION_MS > now.getTime()) return
    table.delete(key)
  }
}
