import { randomBytes } from 'node:crypto'
import { sha256 } from './sha256.ts'
import type { Database } from './open-database.ts'

const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000

/** Who a demo session belongs to. */
interface Session {
  externalUserId: string
  role: 'user' | 'operator'
}

/** Demo sign-ins; the cookie's value is known to the browser alone, its hash to us. */
export interface Sessions {
  /** Starts a session, forgets those that have ended, and returns the cookie's value and when it ends. */
  create(session: Session, now: Date): Promise<{ secret: string; expiresAt: Date }>
  get(secret: string, now: Date): Promise<Session | undefined>
  delete(secret: string): Promise<void>
}

export function createSessions(database: Database): Sessions {
  return {
    async create({ externalUserId, role }, now) {
      const secret = randomBytes(32).toString('base64url')
      const expiresAt = new Date(now.getTime() + LIFETIME_MS)
      const row = {
        session_hash: sha256(secret),
        external_user_id: externalUserId,
        role,
        expires_at: expiresAt.toISOString(),
      }
      await database.commit(async ({ tables }) => {
        await tables.deleteFrom('sessions').where('expires_at', '<=', now.toISOString()).execute()
        await tables.insertInto('sessions').values(row).execute()
      })
      return { secret, expiresAt }
    },
    async get(secret, now) {
      const row = await database.tables
        .selectFrom('sessions')
        .select(['external_user_id', 'role'])
        .where('session_hash', '=', sha256(secret))
        .where('expires_at', '>', now.toISOString())
        .executeTakeFirst()
      return row && { externalUserId: row.external_user_id, role: row.role }
    },
    async delete(secret) {
      await database.commit(({ tables }) =>
        tables.deleteFrom('sessions').where('session_hash', '=', sha256(secret)).execute(),
      )
    },
  }
}
