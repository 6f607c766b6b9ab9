import { WriteLost } from './database-problem.ts'
import type { Database } from './open-database.ts'

/**
 * Tests that a write lasts: commits one like every other write, and reads it again as another process would. Rejects with the
 * reason if it does not.
 */
export async function checkWrite({
  commit,
  readApart,
}: Pick<Database, 'commit' | 'readApart'>): Promise<void> {
  const written = await commit(({ tables }) =>
    tables
      .updateTable('write_tests')
      .set((set) => ({ count: set('count', '+', 1) }))
      .returning('count')
      .executeTakeFirst(),
  )
  const found = await readApart((tables) =>
    tables.selectFrom('write_tests').select('count').executeTakeFirst(),
  )
  // Another replica may have written since.
  if (!written || !found || found.count < written.count) throw new WriteLost()
}
