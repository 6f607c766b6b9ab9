import type { Kysely } from 'kysely'

/** Access tokens that the REST twin handed out, so that we know ours when they come back. */
export async function createAccessTokens(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('access_tokens')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute()
}
