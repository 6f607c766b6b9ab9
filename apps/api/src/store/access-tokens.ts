import { sha256 } from './sha256.ts'
import type { Database } from './open-database.ts'

/** Access tokens that we handed out and know again by their hash. */
export interface AccessTokens {
  /** Remembers one until it expires, and forgets those that have. */
  add(token: { accessToken: string; expiresAt: Date }, now: Date): Promise<void>
  has(accessToken: string, now: Date): Promise<boolean>
}

export function createAccessTokens(database: Database): AccessTokens {
  return {
    async add({ accessToken, expiresAt }, now) {
      const row = { token_hash: sha256(accessToken), expires_at: expiresAt.toISOString() }
      await database.commit(async ({ tables }) => {
        await tables
          .deleteFrom('access_tokens')
          .where('expires_at', '<=', now.toISOString())
          .execute()
        // Pipedream may give the same one again.
        await tables
          .insertInto('access_tokens')
          .values(row)
          .onConflict((conflict) => conflict.column('token_hash').doUpdateSet(row))
          .execute()
      })
    },
    async has(accessToken, now) {
      const row = await database.tables
        .selectFrom('access_tokens')
        .select('token_hash')
        .where('token_hash', '=', sha256(accessToken))
        .where('expires_at', '>', now.toISOString())
        .executeTakeFirst()
      return row !== undefined
    },
  }
}
